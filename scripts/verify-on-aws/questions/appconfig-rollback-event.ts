import { typeOf } from './appconfig-native-events.ts';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { queued } from './queued.ts';

/** The two names to which Lastgood listens (functions/on-change/function.yml). */
const NAMES = ['On Deployment Rollback', 'On Deployment Rolled Back'];

export const appconfigRollbackEvent: Question = {
  id: 'appconfig-rollback-event',
  part: 'appconfig-profile',
  looksAt: 'the `detail-type` of the event about the deployment that Lastgood stopped',
  assumed: `it is one of ${NAMES.join(', ')}`,
  answer: async (shown) => {
    const isOurs = (body: string) =>
      body.includes(shown.outputs('Flags')) && typeOf(body).startsWith('On Deployment Roll');
    const [body] = await queued(shown, 'FlagsEvents', isOurs);
    if (body === undefined) return notSeen('no event named the application');
    const found = `it is ${typeOf(body)}`;
    return NAMES.includes(typeOf(body)) ? asAssumed(found) : otherwise(found);
  },
};
