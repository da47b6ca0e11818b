import { beforeAll, describe, expect, it } from 'vitest';
import type { Invocation } from '@lastgood/embedded-aws/runtime/lambda/lambda.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { scenarios } from '../../local/scenarios/all.ts';
import { play } from '../../local/scenarios/play.ts';
import { isWork } from '../../local/scenarios/work.ts';
import { after } from '../../src/rollback/time.ts';

type Numbered = Invocation & { readonly number: number };

const short = (name: string) => name.replace('lastgood-prod-', '');

describe('the path to the first write, in a play with the stack’s own schedules and rules', () => {
  let invocations: readonly Numbered[] = [];
  let calls: readonly Call[] = [];
  let problems: readonly string[] = [];
  const warming = () => invocations.filter((one) => !isWork(one));

  beforeAll(async () => {
    const scenario = scenarios.find(({ name }) => name === 'ecs-errors-after-completion');
    const result = await play(scenario!, {
      seed: 1,
      fast: true,
      onEnd: ({ runtime }) => {
        invocations = runtime.invocations.map((one, number) => ({ ...one, number }));
        calls = [...runtime.wire.calls];
      },
    });
    problems = result.problems;
  });

  it('ends as expected', () => {
    expect(problems).toEqual([]);
  });

  it('is kept warm by calls that fail in nothing, call nothing and answer nothing', () => {
    expect(new Set(warming().map(({ function: name }) => short(name)))).toContain('on-alarm');
    const numbers = new Set(warming().map(({ number }) => number));
    expect(calls.filter(({ invocation }) => numbers.has(invocation ?? -1))).toEqual([]);
    expect(new Set(warming().map(({ answer }) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ state: 'answered', payload: 'null' })]),
    );
  });

  it('has no cold start from the alarm to the write', () => {
    const write = calls.find(({ operation }) => operation === 'UpdateService');
    const trigger = invocations.find((one) => isWork(one) && one.function.endsWith('on-alarm'));
    const path = invocations.filter(
      (one) =>
        isWork(one) &&
        one.number >= (trigger?.number ?? Infinity) &&
        /on-alarm|guard|mechanism/.test(one.function) &&
        one.number <= (write?.invocation ?? 0),
    );
    expect(path.map(({ function: name, cold }) => [short(name), cold])).toEqual([
      ['on-alarm', false],
      ['guard', false],
      ['mechanism-ecs', false],
      ['guard', false],
      ['mechanism-ecs', false],
    ]);
  });

  it('is started by the alarm, before the first state', () => {
    const trigger = invocations.find((one) => isWork(one) && one.function.endsWith('on-alarm'));
    const claim = invocations.find((one) => isWork(one) && one.function.endsWith('guard'));
    // The rules of one event deliver it within some 100 ms of each other, in any order.
    const alarm = after(trigger!.at, -1);
    const started = warming().filter(({ at }) => at >= alarm && at <= claim!.at);
    expect(started.map(({ function: name }) => short(name))).toEqual(
      expect.arrayContaining(['guard', 'mechanism-ecs']),
    );
  });
});
