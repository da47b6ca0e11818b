import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { asRecord } from '../../../src/rollback/json.ts';
import type { BusEvent } from '../../../src/targets/kind.ts';
import { kind } from '../../../src/targets/kinds/appconfig/target.ts';
import { asAssumed, notSeen, otherwise, type Answer, type Question } from './question.ts';
import { queued } from './queued.ts';

/** The event of a deployment without an extension, which Lastgood reads as the extension would send it. */
export const appconfigNativeEvents: Question = {
  id: 'appconfig-native-events',
  part: 'appconfig-profile',
  looksAt: 'the event `On Deployment Start`, of an application without an extension',
  assumed: 'AppConfig sends it, with the detail that the extension sends',
  answer: async (shown) => {
    const isOurs = (body: string) => body.includes(shown.outputs('Flags')) && typeOf(body).endsWith(' Start');
    const [body] = await queued(shown, 'FlagsEvents', isOurs);
    return body === undefined
      ? notSeen('no event named the application')
      : answerTo(body, shown.course.target);
  },
};

/** Reads the event as on-deployment does. */
function answerTo(body: string, target: string): Answer {
  const event = eventIn(body);
  const found = `its detail has ${Object.keys(asRecord(event.detail) ?? {}).join(', ')}`;
  try {
    const read = kind.fromDeploymentEvent(event);
    return read?.target === target
      ? asAssumed(found)
      : otherwise(`${found}, and names ${read?.target ?? 'nothing'}`);
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return otherwise(`${found}: ${error.message}`);
  }
}

export function typeOf(body: string): string {
  return eventIn(body)['detail-type'];
}

function eventIn(body: string): BusEvent {
  return JSON.parse(body) as BusEvent;
}
