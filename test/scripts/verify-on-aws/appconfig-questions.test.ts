import { BadRequestException, ConflictException } from '@aws-sdk/client-appconfig';
import { describe, expect, it } from 'vitest';
import { appconfigDeletions } from '../../../scripts/verify-on-aws/questions/appconfig-deletions.ts';
import { appconfigNativeEvents } from '../../../scripts/verify-on-aws/questions/appconfig-native-events.ts';
import { appconfigRequestRates } from '../../../scripts/verify-on-aws/questions/appconfig-request-rates.ts';
import { appconfigRevertOlder } from '../../../scripts/verify-on-aws/questions/appconfig-revert-older.ts';
import { appconfigRollbackEvent } from '../../../scripts/verify-on-aws/questions/appconfig-rollback-event.ts';
import type { Answer, Question } from '../../../scripts/verify-on-aws/questions/question.ts';

const IDS = { Flags: 'app1234', FlagsEnvironment: 'env1234', FlagsProfile: 'pro1234' };
const DETAIL = {
  Application: { Id: IDS.Flags },
  Environment: { Id: IDS.FlagsEnvironment },
  ConfigurationProfile: { Id: IDS.FlagsProfile },
  DeploymentNumber: 2,
};

interface Seen {
  /** Events in the queue. */
  readonly events?: readonly object[];
  /** Numbers of deployments that cannot be reverted. */
  readonly refused?: readonly number[];
  /** Attempts of each request, in order, one after the last. */
  readonly attempts?: readonly number[];
  readonly ended?: string;
  /** The environment cannot be deleted. */
  readonly isKept?: boolean;
}

const event = (name: string, detail: object = DETAIL) => ({
  ...{ source: 'aws.appconfig', 'detail-type': `On Deployment ${name}`, time: '2026-11-22T02:00:00Z' },
  ...{ resources: [IDS.Flags], detail },
});

async function answer(
  question: Question,
  { events = [], refused = [], attempts = [], ended = 'rolled-back', isKept = false }: Seen,
): Promise<Answer['is']> {
  let sent = 0;
  const appConfig = {
    send: ({
      constructor,
      input,
    }: {
      readonly constructor: { readonly name: string };
      readonly input: object;
    }) => {
      const { DeploymentNumber = 0 } = input as { readonly DeploymentNumber?: number };
      if (constructor.name === 'StopDeploymentCommand' && refused.includes(DeploymentNumber))
        return Promise.reject(new BadRequestException({ message: 'no', $metadata: {} }));
      if (constructor.name === 'DeleteEnvironmentCommand' && isKept)
        return Promise.reject(new ConflictException({ message: 'no', $metadata: {} }));
      if (constructor.name === 'StartDeploymentCommand') return Promise.resolve({ DeploymentNumber: 3 });
      return Promise.resolve({ State: 'COMPLETE', $metadata: { attempts: attempts[sent++] ?? 1 } });
    },
  };
  const Messages = events.map((one, index) => ({ MessageId: String(index), Body: JSON.stringify(one) }));
  const shown = {
    clients: { appConfig, sqs: { send: () => Promise.resolve({ Messages }) } },
    outputs: (key: string) => (IDS as Readonly<Record<string, string>>)[key] ?? key,
    course: { ended, target: `appconfig:${Object.values(IDS).join('/')}` },
    wait: () => Promise.resolve(),
  };
  return (await question.answer(shown as never)).is;
}

const again = (count: number) => Array.from({ length: count }, () => 2);

describe('an answer about AppConfig', () => {
  const cases: readonly (readonly [Question, Answer['is'], Seen])[] = [
    [appconfigNativeEvents, 'as assumed', { events: [event('Start')] }],
    [appconfigNativeEvents, 'otherwise', { events: [event('Start', { deploymentNumber: 2 })] }],
    [
      appconfigNativeEvents,
      'otherwise',
      { events: [event('Start', { ...DETAIL, Environment: { Id: 'env9' } })] },
    ],
    [appconfigNativeEvents, 'not seen', { events: [event('Rollback')] }],
    [appconfigNativeEvents, 'not seen', { events: [{ ...event('Start', {}), resources: [] }] }],
    [appconfigRollbackEvent, 'as assumed', { events: [event('Start'), event('Rollback')] }],
    [appconfigRollbackEvent, 'as assumed', { events: [event('Rolled Back')] }],
    [appconfigRollbackEvent, 'otherwise', { events: [event('Rolling Back')] }],
    [appconfigRollbackEvent, 'not seen', { events: [event('Start')] }],
    [appconfigRequestRates, 'as assumed', {}],
    // Another reader of the account took the first burst.
    [appconfigRequestRates, 'as assumed', { attempts: again(3) }],
    [appconfigRequestRates, 'otherwise', { attempts: again(26) }],
    [appconfigDeletions, 'as assumed', { isKept: true }],
    [appconfigDeletions, 'otherwise', {}],
    [appconfigRevertOlder, 'as assumed', { refused: [1] }],
    [appconfigRevertOlder, 'otherwise', {}],
    [appconfigRevertOlder, 'otherwise', { refused: [1, 3] }],
    [appconfigRevertOlder, 'not seen', { refused: [1], ended: 'failed-clean' }],
  ];

  it.each(cases.map(([question, is, seen]) => ({ id: question.id, is, question, seen })))(
    'to $id is $is',
    async ({ question, is, seen }) => {
      expect(await answer(question, seen)).toBe(is);
    },
  );
});
