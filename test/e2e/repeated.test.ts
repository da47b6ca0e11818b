import { describe, expect, it } from 'vitest';
import { prometheusScenarios } from '../../local/scenarios/ecs/prometheus.ts';
import { play } from '../../local/scenarios/play.ts';
import type { Result } from '../../local/scenarios/result.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';

/**
 * The same seed gives the same run, to the millisecond, also where a function asks with the SDK and by fetch at once.
 */
describe('played twice with the same seed', () => {
  it.each(prometheusScenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s is the same in every call and at every instant',
    async (_, scenario) => {
      const first = await told(scenario);
      const second = await told(scenario);
      expect(second.calls.length).toBeGreaterThan(0);
      expect(second).toEqual(first);
    },
  );
});

function told(scenario: Scenario): Promise<Result> {
  return play(scenario, { seed: 5 });
}
