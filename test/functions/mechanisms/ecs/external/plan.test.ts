import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../../../../functions/mechanisms/ecs/external/choice.ts';
import type { Sides } from '../../../../../functions/mechanisms/ecs/external/sides.ts';
import type { Survey } from '../../../../../functions/mechanisms/ecs/external/survey.ts';
import { openExternalShop } from '../../../../../local/scenarios/ecs/external-shop.ts';
import { TARGET } from '../../../../../local/scenarios/ecs/target.ts';
import { mechanismOn, openWorld } from '../../../../contract/ecs-stage.ts';
import { claimed, planned, started, stopped } from '../../../../contract/walk.ts';
import { setBehind } from './task-sets.ts';

describe('the last known good', () => {
  const runs = (taskDefinition: string) =>
    setBehind('blue', { settings: { ...setBehind('blue').settings, taskDefinition } });
  const older = ['checkout:4', 'checkout:3', 'checkout:2'].map(runs);
  const sides = { atFault: runs('checkout:5'), older } as unknown as Sides;
  const of = (proven: readonly string[], condemned: readonly string[], requested?: string) =>
    candidatesOf({ proven, condemned: new Set(condemned) } as unknown as Survey, sides, requested).map(
      ({ taskDefinition, source }) => `${taskDefinition} ${source}`,
    );

  it('is what the ledger has proven, then what older task sets run, nothing twice and nothing condemned', () => {
    expect(of(['checkout:5', 'checkout:3', 'checkout:1'], ['checkout:1', 'checkout:4'])).toEqual([
      'checkout:3 ledger',
      'checkout:2 deployments',
    ]);
  });

  it('is what was asked for, and nothing else', () => {
    expect(of(['checkout:3'], ['checkout:2'], 'checkout:2')).toEqual(['checkout:2 request']);
  });
});

describe('the ways back', () => {
  it('are none where old and new stand behind one target group', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage, { oneGroup: true });
    await shop.release('v2', { errorRate: 1 });
    expect(await mechanismOn(stage, TARGET).mechanism.plan(claimed(TARGET))).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('behind the same target group') as string,
    });
  });
});

describe('a service that went back', () => {
  it('is known by the newer task set that was condemned, so that nobody rolls it back', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage);
    await shop.release('v2', { errorRate: 1 });
    const { mechanism, ledger } = mechanismOn(stage, TARGET);
    const before = await planned(mechanism, TARGET);
    expect(before.plan.deployment).toMatchObject({ isRollback: false });
    await started(mechanism, await stopped(mechanism, before));
    ledger.condemn(shop.releases['v2']!);
    expect(await mechanism.plan(claimed(TARGET))).toMatchObject({ deployment: { isRollback: true } });
  });
});
