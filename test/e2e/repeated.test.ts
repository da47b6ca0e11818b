import { describe, expect, it } from 'vitest';
import { prometheusScenarios } from '../../local/scenarios/ecs/prometheus.ts';
import { play } from '../../local/scenarios/play.ts';
import type { Result } from '../../local/scenarios/result.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';

/** The same seed gives the same run, to the millisecond, even if a function uses the SDK and fetch at once. */
describe('played twice with the same seed', () => {
  it.each(prometheusScenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s is the same in every call and at every instant',
    async (_, scenario) => {
      const first = await resultOf(scenario);
      const second = await resultOf(scenario);
      expect(second.calls.length).toBeGreaterThan(0);
      expect(second).toEqual(first);
    },
  );
});

function resultOf(scenario: Scenario): Promise<Result> {
  return play(scenario, { seed: 5 });
}
