import { describe, expect, it } from 'vitest';
import { play } from '../../local/scenarios/play.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';
import { keepAsked, keepQuestions } from './asked.ts';

/** Seeds of every scenario here; `npm run scenario -- NAME --seed N` plays any other. */
const SEEDS = [1];

/**
 * Plays scenarios. Each must end as it expects, under the packaged template's policies. The functions are called in
 * process; both-ways.test.ts compares that with their bundles.
 */
export function plays(what: string, scenarios: readonly Scenario[]): void {
  describe(what, () => {
    for (const seed of SEEDS) {
      it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
        `%s, seed ${seed}`,
        async (_, scenario) => {
          const { problems } = await play(scenario, {
            seed,
            fast: true,
            onEnd: (stage) => {
              keepAsked(scenario.name, stage);
              keepQuestions(scenario.name, stage);
            },
          });
          expect(problems).toEqual([]);
        },
      );
    }
  });
}
