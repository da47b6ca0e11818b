import { describe, expect, it } from 'vitest';
import type { ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs';
import { openCodeDeployShop } from '../../../../local/scenarios/ecs/code-deploy-shop.ts';
import { openShop } from '../../../../local/scenarios/ecs/shop.ts';
import { openExternalShop } from '../../../../local/scenarios/ecs/external-shop.ts';
import { TARGET } from '../../../../local/scenarios/ecs/target.ts';
import type { Stage } from '../../../../local/scenarios/stage.ts';
import { again, followed } from '../../../contract/follow.ts';
import { mechanismOn, openWorld } from '../../../contract/ecs-stage.ts';

const tags = { 'lastgood:lookout': 'act' };
const FAULTY = { errorRate: 1 };
const begun = (stage: Stage) => followed(TARGET, stage.world.clock.iso());
const read = (stage: Stage, before = begun(stage)) => mechanismOn(stage, TARGET).mechanism.sides(before);

/** Returns how many meters of errors measure each side alone. */
function metersOf(sides: Awaited<ReturnType<typeof read>>) {
  if (sides.state !== 'sides') throw new Error(sides.reason);
  const of = (id: string) =>
    sides.meters.filter(({ metric, revision }) => metric === 'errors' && revision === id).length;
  return [of(sides.newer.revision.id), of(sides.older.revision.id)];
}

describe('the sides of a deployment of CodeDeploy to a service', () => {
  it('are the task sets, each with a target group of its own, during and after the shift', async () => {
    const stage = openWorld();
    const config = 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes';
    const shop = await openCodeDeployShop(stage, { tags, config });
    const deployment = shop.release('v2', FAULTY);
    await stage.minutes(3);
    const sides = await read(stage);
    expect(sides).toMatchObject({
      state: 'sides',
      deployment,
      newer: {
        revision: { id: shop.releases['v2'] },
        groups: [expect.stringContaining('checkout-') as string],
      },
      older: {
        revision: { id: shop.releases['v1'] },
        groups: [expect.stringContaining('checkout-') as string],
      },
    });
    expect(metersOf(sides)).toEqual([1, 1]);
    const before = again(begun(stage), sides);
    await stage.minutes(100);
    expect(await read(stage, before)).toMatchObject({
      state: 'sides',
      finishedAt: expect.any(String) as string,
    });
  });

  it('are none while CodeDeploy goes back, and after it', async () => {
    const stage = openWorld();
    const shop = await openCodeDeployShop(stage, { tags });
    shop.release('v2', FAULTY);
    await stage.minutes(3);
    await shop.stop(true);
    expect(await read(stage)).toMatchObject({
      state: 'none',
      reason: expect.stringMatching(/ failed, as AWS/) as string,
    });
    await stage.minutes(5);
    expect(await read(stage)).toMatchObject({ state: 'none', reason: 'checkout:2 is a way back.' });
  });
});

describe('the sides of a deployment by an external controller', () => {
  it('are the task sets, each with a target group of its own, during and after the shift', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage, { tags });
    await shop.release('v2', FAULTY, { share: 30 });
    const sides = await read(stage);
    expect(sides).toMatchObject({
      state: 'sides',
      newer: {
        revision: { id: shop.releases['v2'] },
        groups: [expect.stringContaining('checkout-') as string],
      },
      older: {
        revision: { id: shop.releases['v1'] },
        groups: [expect.stringContaining('checkout-') as string],
      },
    });
    expect(sides).not.toHaveProperty('finishedAt');
    expect(metersOf(sides)).toEqual([1, 1]);
  });

  it('are those of one deployment from the new task set on, before it has any traffic, to its end', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage, { tags });
    const start = begun(stage);
    shop.begin('v2', FAULTY);
    await stage.minutes(2);
    const sides = await read(stage, start);
    expect(sides).toMatchObject({
      state: 'sides',
      newer: { revision: { id: shop.releases['v2'] } },
      older: { revision: { id: shop.releases['v1'] } },
    });
    expect(metersOf(sides)).toEqual([1, 1]);
    await shop.putBack('v2');
    expect(await read(stage, again(start, sides))).toMatchObject({
      state: 'sides',
      finishedAt: expect.any(String) as string,
    });
  });

  it('are none for a task set that its controller withdrew again', async () => {
    const stage = openWorld();
    const shop = await openExternalShop(stage, { tags });
    const start = begun(stage);
    shop.begin('v2', FAULTY);
    await stage.minutes(2);
    const sides = await read(stage, start);
    shop.scale('v2', 0);
    await stage.minutes(1);
    expect(await read(stage, again(start, sides))).toMatchObject({ state: 'none' });
  });

  it('are none for the first task set', async () => {
    const stage = openWorld();
    await openExternalShop(stage, { tags });
    expect(await read(stage)).toMatchObject({
      state: 'none',
      reason: 'checkout:1 is the first that is known: there is nothing to compare it with.',
    });
  });
});

describe('the sides of a deployment by ECS itself', () => {
  const open = (stage: Stage) => openShop(stage, { tags, putAlarms: () => undefined });

  it('are both revisions, in flight and after the end', async () => {
    const stage = openWorld();
    const shop = await open(stage);
    shop.release('v2', FAULTY);
    await stage.minutes(1);
    const sides = await read(stage);
    expect(sides).toMatchObject({
      state: 'sides',
      newer: { revision: { name: 'checkout:2' }, wanted: 4 },
      older: { revision: { name: 'checkout:1' } },
    });
    expect(sides).not.toHaveProperty('finishedAt');
    const before = again(begun(stage), sides);
    await shop.deployed();
    expect(await read(stage, before)).toMatchObject({
      state: 'sides',
      finishedAt: expect.any(String) as string,
    });
  });

  it('are none for a native rollback, a way back, a restart and a first deployment', async () => {
    const stage = openWorld();
    const shop = await open(stage);
    expect(await read(stage)).toMatchObject({
      reason: expect.stringMatching(/ is the first that is known/) as string,
    });
    shop.release('v2', FAULTY);
    await stage.minutes(1);
    const { serviceDeployments = [] } = stage.call<ListServiceDeploymentsResponse>(
      'ecs',
      'ListServiceDeployments',
      {
        cluster: 'prod',
        service: 'checkout',
      },
    );
    const [{ serviceDeploymentArn } = {}] = serviceDeployments;
    stage.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' });
    expect(await read(stage)).toMatchObject({ reason: expect.stringMatching(/ back natively\.$/) as string });
    await shop.deployed();
    await stage.minutes(5);
    expect(await read(stage)).toMatchObject({ reason: 'checkout:1 is a way back.' });

    const restarted = openWorld();
    const other = await open(restarted);
    other.update({ forceNewDeployment: true });
    await restarted.minutes(1);
    expect(await read(restarted)).toMatchObject({
      reason: expect.stringMatching(/: this is a restart\.$/) as string,
    });
  });
});
