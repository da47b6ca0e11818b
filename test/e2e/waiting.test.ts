import { describe, expect, it } from 'vitest';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { scenarios } from '../../local/scenarios/all.ts';
import { mainExecution, play } from '../../local/scenarios/play.ts';
import type { Stage } from '../../local/scenarios/stage.ts';
import { transitionsAMinute } from '../paths/waiting.ts';

const MAX_TRANSITIONS_A_MINUTE = 5;

/** Scenarios whose way back takes minutes, and whether AWS publishes an event at its end. */
const WAITING: readonly (readonly [name: string, hasEvent: boolean])[] = [
  ['ecs-errors-after-completion', true],
  ['ecs-codedeploy-completed', true],
  ['codedeploy-errors-after-completion', true],
  ['asg-errors-after-completion', true],
  ['elb-blue-too-small', false],
  ['route53-canary', false],
  ['lambda-errors-after-completion', false],
];

describe.each(WAITING)('while it waits, %s', (name, hasEvent) => {
  it('makes at most five state transitions a minute, and calls each API once in a poll', async () => {
    const scenario = scenarios.find((one) => one.name === name)!;
    let measured: Measured | undefined;
    const { problems } = await play(scenario, {
      seed: 1,
      fast: true,
      onEnd: (stage) => {
        const states = mainExecution(scenario, stage)?.states ?? [];
        const entered = states.map((state) => ({ name: state.name, at: Date.parse(state.at) / 1000 }));
        const since = states.find((state) => state.name === 'Reverted')?.at ?? '';
        measured = {
          average: transitionsAMinute(entered),
          awaitsEvents: entered.some((state) => state.name === 'AwaitEnd'),
          repeated: repeatedIn(stage, since),
        };
      },
    });
    expect(problems).toEqual([]);
    expect(measured?.average).toBeLessThanOrEqual(MAX_TRANSITIONS_A_MINUTE);
    expect(measured).toMatchObject({ awaitsEvents: hasEvent, repeated: [] });
  });
});

interface Measured {
  readonly average: number | null;
  readonly awaitsEvents: boolean;
  readonly repeated: readonly string[];
}

/** Returns the calls to AWS that one poll of Settle or Verify made twice: to one API and, for health, about one group. */
function repeatedIn({ runtime }: Stage, since: string): readonly string[] {
  const polls = runtime.wire.calls.filter(
    ({ at, role, service, invocation }) =>
      at > since &&
      invocation !== undefined &&
      /-(mechanism-[a-z0-9]+|verify)-/.test(role) &&
      service !== 'dynamodb',
  );
  expect(polls.length).toBeGreaterThan(0);
  const byCall = Map.groupBy(polls, callOf);
  return [...byCall.values()].filter((calls) => calls.length > 1).map(([first]) => callOf(first!));
}

function callOf({ role, invocation, operation, input }: Call): string {
  const group = operation === 'DescribeTargetHealth' ? JSON.stringify(input) : '';
  return `${role} ${invocation ?? ''} ${operation} ${group}`;
}
