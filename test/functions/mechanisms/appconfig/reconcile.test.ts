import { describe, expect, it } from 'vitest';
import { AppConfigWorld, BAD, GOOD } from '@lastgood/embedded-aws/test/world/appconfig-world.ts';
import { reconcilerOf } from '../../../../functions/mechanisms/appconfig/reconcile.ts';
import type { OptedIn } from '../../../../src/aws/opted-in.ts';
import type { Sight, SweepContext } from '../../../../src/targets/kind.ts';
import { stage } from './stage.ts';

async function open(world = new AppConfigWorld()) {
  const { appconfig } = stage(world);
  const reconciler = reconcilerOf(appconfig);
  const optedIn: OptedIn[] = world.appconfig.tagged().map(({ arn, tags }) => ({ arn, tags }));
  const context = {
    optedIn: () => Promise.resolve(optedIn),
    now: world.clock.iso(),
  } as unknown as SweepContext;
  const units = await reconciler.units(context);
  const look = async () => {
    const [unit] = units;
    const seen = await reconciler.read([unit!], context);
    const sight = { at: world.clock.iso(), before: null } as unknown as Sight;
    return Promise.all(seen.map(async (one) => ({ ...one, seen: await one.observed(sight) })));
  };
  const prove = async (deployment: string, target = world.target) => {
    const observed = { target, deployment, completedAt: '', soakUntil: '' } as never;
    const [found] = await reconciler.deployed([observed], context);
    if (found?.status !== 'fulfilled') throw found?.reason;
    return found.value;
  };
  return { world, units, optedIn, look, prove };
}

describe('the sweep', () => {
  it('reads each tagged environment, and no other resource with the tag', async () => {
    const world = new AppConfigWorld();
    const ResourceArn = `arn:aws:appconfig:eu-west-1:111122223333:application/${world.app}`;
    world.call('TagResource', { ResourceArn, Tags: { lastgood: 'auto' } });
    const { units } = await open(world);
    expect(units).toMatchObject([{ name: `${world.app}/${world.env}` }]);
  });

  it('sees the newest deployment of each profile', async () => {
    const { world, look } = await open();
    const ConfigurationProfileId = world.addProfile('limits');
    world.publish(GOOD, ConfigurationProfileId);
    world.deploy(1, world.strategy(10, 0), { ConfigurationProfileId });
    const seen = await look();
    expect(seen).toMatchObject([
      { isMoving: true, seen: [{ deployment: '2', state: 'started' }] },
      { target: world.target, isMoving: false, seen: [{ deployment: '1', state: 'completed' }] },
    ]);
  });

  it('reports neither an old one, nor one that went back, nor one of an experiment', async () => {
    const { world, look } = await open();
    await world.pass(3601);
    expect(await look()).toMatchObject([{ seen: [] }]);
    world.stop(world.release(BAD));
    expect(await look()).toMatchObject([{ isMoving: false, seen: [] }]);
    world.appconfig.startManaged({
      ...{ ...world.ids, ConfigurationProfileId: world.profile, DeploymentStrategyId: world.atOnce },
      ConfigurationVersion: '1',
    });
    expect(await look()).toEqual([]);
  });
});

describe('a proof', () => {
  it('needs that the version stands, and nothing newer grows', async () => {
    const { world, prove } = await open();
    world.monitor();
    expect(await prove('1')).toMatchObject({
      ...{ revision: { id: '1', name: 'flags:1', content: '1' }, runs: 'alone', alarms: ['prod-errors'] },
      tags: { lastgood: 'auto' },
    });
    const number = world.release(GOOD, world.strategy(1, 0));
    expect(await prove('1')).toMatchObject({ runs: 'unclear' });
    await world.pass(61);
    expect(await prove('1')).toMatchObject({ runs: 'gone' });
    world.stop(number);
    expect(await prove('1')).toMatchObject({ runs: 'alone' });
  });

  it('is none without consent, or without the deployment', async () => {
    const { prove, optedIn } = await open();
    expect(await prove('9')).toBeNull();
    optedIn.length = 0;
    expect(await prove('1')).toMatchObject({ runs: 'unclear', tags: {} });
  });
});
