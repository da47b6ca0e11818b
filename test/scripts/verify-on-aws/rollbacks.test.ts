import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { Rollbacks } from '../../../scripts/verify-on-aws/rollbacks.ts';

const TARGET = 'ecs:prod/checkout';
const request = { target: TARGET };
const reported = (state: string) => JSON.stringify({ request, outcome: { state } });

interface Ran {
  readonly stopDate?: Date;
  readonly output?: string;
  readonly events?: readonly HistoryEvent[];
}

/** Returns Step Functions with one execution, and the names of the calls to it. */
function stepFunctions({ events = [], ...ran }: Ran) {
  const called: string[] = [];
  const send = (command: object): Promise<object> => {
    called.push(command.constructor.name);
    if (command instanceof ListExecutionsCommand)
      return Promise.resolve({ executions: [{ executionArn: 'one', startDate: new Date(5) }] });
    if (command instanceof DescribeExecutionCommand)
      return Promise.resolve({ startDate: new Date(5), input: JSON.stringify({ request }), ...ran });
    if (command instanceof GetExecutionHistoryCommand) return Promise.resolve({ events });
    return Promise.reject(new Error('not expected'));
  };
  return { called, rollbacks: new Rollbacks({ send } as never, 'machine') };
}

const outcomeOf = async ({ rollbacks }: ReturnType<typeof stepFunctions>) =>
  (await rollbacks.of(TARGET, 0)).map(({ document }) => document.outcome?.state ?? null);

const ENDED = { stopDate: new Date(9) };
const exited = (name: string, output?: string): HistoryEvent =>
  ({ stateExitedEventDetails: { name, output } }) as HistoryEvent;

test.each<readonly [what: string, Ran, outcome: string | null]>([
  ['has none while it runs', {}, null],
  ['is in the output where it succeeded', { ...ENDED, output: reported('rolled-back') }, 'rolled-back'],
  [
    'is what Report left where it failed, which has no output',
    {
      ...ENDED,
      events: [exited('Outcome', reported('skipped')), exited('Report', reported('failed-clean'))],
    },
    'failed-clean',
  ],
  ['is none where it was aborted before Report', { ...ENDED, events: [exited('Plan', '{}')] }, null],
])('the outcome of an execution %s', async (_, ran, outcome) => {
  expect(await outcomeOf(stepFunctions(ran))).toEqual([outcome]);
});

test('an execution that has ended is read once', async () => {
  const machine = stepFunctions({ ...ENDED, output: reported('rolled-back') });
  await outcomeOf(machine);
  await outcomeOf(machine);
  expect(machine.called.filter((name) => name === 'DescribeExecutionCommand')).toHaveLength(1);
});
