import { expect, it } from 'vitest';
import { play } from '../../../local/scenarios/play.ts';
import type { Scenario } from '../../../local/scenarios/scenario.ts';
import { troubled } from '../../../local/scenarios/evidence/troubled.ts';
import { plays } from '../plays.ts';

plays('evidence: in trouble', troubled.flat());

/** Returns when Lastgood first wrote to the target, and when it was proven well again. */
async function instantsOf(scenario: Scenario) {
  const { calls, timeline, recovery } = await play(scenario, { seed: 3, fast: true });
  expect(timeline.length).toBeGreaterThan(0);
  const [first = ''] = scenario.ends.writes;
  const write = calls.find(({ operation }) => operation === first);
  return { firstWrite: write?.at, recovery };
}

it.each(troubled.map((scenarios) => [scenarios[0]!.name, scenarios] as const))(
  'delays neither the first write nor the recovery of %s, whatever happens to it',
  async (_, [undisturbed, ...others]) => {
    const usual = await instantsOf(undisturbed!);
    expect(usual.firstWrite).toMatch(/^2026-/);
    for (const scenario of others)
      expect([scenario.name, await instantsOf(scenario)]).toEqual([scenario.name, usual]);
  },
);
