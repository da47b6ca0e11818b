import { expect, test } from 'vitest';
import { scenarios } from '../../local/scenarios/all.ts';
import { play } from '../../local/scenarios/play.ts';
import type { Result } from '../../local/scenarios/result.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';

/** The same seed gives the same run, to the millisecond, even if a function uses the SDK and fetch at once. */
test('played twice with the same seed, a scenario is the same in every call and at every instant', async () => {
  const scenario = scenarios.find(({ name }) => name === 'ecs-prometheus-workspace');
  const first = await resultOf(scenario!);
  const second = await resultOf(scenario!);
  expect(second.calls.length).toBeGreaterThan(0);
  expect(second).toEqual(first);
});

function resultOf(scenario: Scenario): Promise<Result> {
  return play(scenario, { seed: 5 });
}
