import { BAD, GOOD } from '@lastgood/embedded-aws/test/world/apigateway-world.ts';
import { deploymentId } from '../../functions/mechanisms/apigateway/history.ts';
import { sideOf, stage, type Stage } from '../functions/mechanisms/apigateway/stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

function fixture({ world, target, mechanism, accepted }: Stage, bad: string): Fixture {
  return {
    ...{ mechanism, target, good: sideOf(world.first), bad },
    writes: () => accepted.filter((operation) => operation === 'UpdateStage').length,
    atOnce: true,
    finish: () => undefined,
    deployAnother: () => {
      if (world.prod.canarySettings !== undefined) world.patch({ op: 'remove', path: '/canarySettings' });
      world.release(GOOD);
    },
  };
}

mechanismContract('apigateway', {
  inFlight: () => {
    const set = stage();
    return fixture(set, sideOf(set.world.canary(BAD, 20, { backend: 'v2' }), 'v2'));
  },
  completed: () => {
    const set = stage();
    const bad = set.world.release(BAD, { variables: { backend: 'v2' } });
    return fixture(set, sideOf(bad, 'v2'));
  },
  first: () => {
    const set = stage();
    set.ledger.list.length = 0;
    return fixture(set, sideOf(set.world.first));
  },
  missing: () => {
    const set = stage();
    return { ...fixture(set, ''), target: `apigateway:${set.world.api}/beta` };
  },
});

/**
 * Opens a target whose good deployment is proven, and an older one too if asked. The next one was bad, and then the stage
 * was changed again.
 */
async function superseded(older: boolean, then: 'put back' | 'fixed'): Promise<Superseded> {
  const set = stage();
  const { world, ledger, target, gateway } = set;
  ledger.list.length = 0;
  const saw = async () => {
    await world.pass(60);
    const present = await gateway.stage({ api: world.api, stage: 'prod' });
    const completedAt = world.clock.iso();
    const deployment = deploymentId(present!, completedAt);
    ledger.list.unshift({ state: 'candidate', target, deployment, completedAt, soakUntil: completedAt });
    return completedAt;
  };
  if (older) {
    ledger.prove(sideOf(world.first), await saw());
    await world.pass(3600);
    world.release(GOOD);
  }
  const good = world.prod.deploymentId!;
  ledger.prove(sideOf(good), await saw());
  await world.pass(3600);
  const since = world.clock.iso();
  const bad = world.release(BAD);
  await saw();
  if (then === 'put back') world.patch({ op: 'replace', path: '/deploymentId', value: good });
  else world.release(GOOD);
  await saw();
  const runs = sideOf(world.prod.deploymentId!);
  return { ...fixture(set, sideOf(bad)), good: sideOf(good), runs, since };
}

supersededContract('apigateway', {
  putBack: (older) => superseded(older, 'put back'),
  fixed: (older) => superseded(older, 'fixed'),
});
