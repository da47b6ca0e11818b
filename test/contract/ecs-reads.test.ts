import { describe, expect, it } from 'vitest';
import { CODE_DEPLOY, EXTERNAL, measured, NATIVE, type Reads, type Situation } from './ecs-reads.ts';

type Situations = Readonly<Record<string, () => Promise<Situation>>>;

const CONTROLLERS: readonly (readonly [string, Situations])[] = [
  ['ECS', NATIVE],
  ['CODE_DEPLOY', CODE_DEPLOY],
  ['EXTERNAL', EXTERNAL],
];

const most = (reads: Reads): number => Math.max(0, ...Object.values(reads));

describe.each(CONTROLLERS)('the reads of a rollback under %s', (_, situations) => {
  it.each(Object.entries(situations))('are few of each rate limit: %s', async (_situation, open) => {
    const { plan, stop, revert, settled } = await measured(await open());
    expect(most(plan)).toBeLessThanOrEqual(2);
    expect(most(stop)).toBeLessThanOrEqual(1);
    expect(most(revert)).toBeLessThanOrEqual(1);
    expect(most(settled)).toBeLessThanOrEqual(1);
  });

  it.each(Object.entries(situations))('of a look are what the plan says: %s', async (_situation, open) => {
    const { made, said } = (await measured(await open())).look;
    for (const [quota, count] of Object.entries(made)) expect(count).toBeLessThanOrEqual(said[quota] ?? 0);
  });

  it('are none before the stop of what the plan found in flight', async () => {
    expect((await measured(await situations['in flight']!())).stop).toEqual({});
  });
});
