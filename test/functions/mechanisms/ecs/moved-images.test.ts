import { describe, expect, it } from 'vitest';
import { openCodeDeployShop } from '../../../../local/scenarios/ecs/code-deploy-shop.ts';
import { openExternalShop } from '../../../../local/scenarios/ecs/external-shop.ts';
import { TARGET } from '../../../../local/scenarios/ecs/target.ts';
import { mechanismOn, openWorld } from '../../../contract/ecs-stage.ts';
import { wanted } from '../../../contract/walk.ts';

const latest = { public: 'ghcr.io/shop/checkout:latest' };
const DOUBT = expect.stringContaining('names ghcr.io/shop/checkout:latest too') as string;

describe('an image of another registry that both releases name by latest', () => {
  it('is a doubt where CodeDeploy would start its tasks again', async () => {
    const stage = openWorld();
    const shop = await openCodeDeployShop(stage, { keepsOldMinutes: 0, firstHow: latest });
    await shop.ended(shop.release('v2', {}, latest));
    const { mechanism } = mechanismOn(stage, TARGET, () => stage.world.clock.iso());
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({ state: 'ready', doubt: DOUBT });
  });

  async function external() {
    const stage = openWorld();
    const shop = await openExternalShop(stage, { firstHow: latest });
    await shop.release('v2', { errorRate: 1 }, latest);
    return { stage, shop, plan: () => mechanismOn(stage, TARGET).mechanism.plan(wanted(TARGET)) };
  }

  it('is none while all tasks of the old task set run, and the only way is to it', async () => {
    const { plan } = await external();
    const made = await plan();
    expect(made).toMatchObject({ state: 'ready', rungs: [{ name: 'switch-back' }] });
    expect(made).not.toHaveProperty('doubt');
    expect('rungs' in made && made.rungs).toHaveLength(1);
  });

  it('is one where the old task set must grow', async () => {
    const { shop, plan } = await external();
    shop.scale('v1', 25);
    expect(await plan()).toMatchObject({ rungs: [{ name: 'switch-back' }], doubt: DOUBT });
  });

  it('is one where a new task set is the only way', async () => {
    const { stage, shop } = await external();
    await shop.remove('v1');
    const { mechanism, ledger } = mechanismOn(stage, TARGET);
    ledger.prove(shop.releases['v1']!);
    expect(await mechanism.plan(wanted(TARGET))).toMatchObject({
      rungs: [{ name: 'new-task-set' }],
      doubt: DOUBT,
    });
  });
});
