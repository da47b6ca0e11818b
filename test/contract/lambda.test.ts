import { LambdaWorld, BAD, GOOD } from '@lastgood/embedded-aws/test/world/lambda-world.ts';
import { stage, TARGET, type Stage } from '../functions/mechanisms/lambda/stage.ts';
import { deploymentId } from '../../functions/mechanisms/lambda/deployment-id.ts';
import { toAlias } from '../../functions/mechanisms/lambda/from-aws.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';
import { supersededContract, type Superseded } from './superseded.ts';

/** The alias has provisioned concurrency, so that going back takes time. */
function fixture({ world, mechanism, accepted }: Stage, target = TARGET): Fixture {
  return {
    mechanism,
    target,
    good: '1',
    bad: '2',
    writes: () => accepted.filter((operation) => operation === 'UpdateAlias').length,
    finish: () => world.pass(200),
    deployAnother: () => void world.update({ FunctionVersion: world.publish(GOOD), RoutingConfig: {} }),
  };
}

async function over(then: (world: LambdaWorld) => void | Promise<void>): Promise<Fixture> {
  const set = stage();
  set.world.provision();
  set.world.update({ FunctionVersion: set.world.publish(BAD) });
  await set.world.pass(200);
  await then(set.world);
  return fixture(set);
}

mechanismContract('lambda, an alias with provisioned concurrency', {
  inFlight: () => {
    const set = stage();
    set.world.canary(set.world.publish(BAD), 0.2);
    const { writes, ...rest } = fixture(set);
    // Without provisioned concurrency Lambda would switch at once. An inactive good version takes its time too.
    set.world.lambda.let('checkout', '1', 'Pending');
    return { ...rest, writes, finish: () => set.world.lambda.let('checkout', '1', 'Active') };
  },
  completed: () => over(() => undefined),
  rollingBack: () => over((world) => void world.update({ FunctionVersion: '1' })),
  first: () => {
    const set = stage();
    set.ledger.list.length = 0;
    return fixture(set);
  },
  missing: () => fixture(stage(), 'lambda:checkout/beta'),
});

/**
 * Opens a target whose good version is proven, and an older one too if asked. The next version was bad, and then the
 * alias was changed again.
 */
async function superseded(older: boolean, then: 'put back' | 'fixed'): Promise<Superseded> {
  const set = stage();
  const { world, ledger } = set;
  ledger.list.length = 0;
  const saw = async () => {
    await world.pass(60);
    const [deployment, completedAt] = [deploymentId(toAlias(world.live)), world.clock.iso()];
    ledger.list.unshift({
      state: 'candidate',
      target: TARGET,
      deployment,
      completedAt,
      soakUntil: completedAt,
    });
    return completedAt;
  };
  if (older) {
    ledger.prove('1', await saw());
    await world.pass(3600);
    world.update({ FunctionVersion: world.publish(GOOD) });
  }
  const good = world.live.FunctionVersion!;
  ledger.prove(good, await saw());
  await world.pass(3600);
  const since = world.clock.iso();
  const bad = world.publish(BAD);
  world.update({ FunctionVersion: bad });
  await saw();
  const runs = then === 'put back' ? good : world.publish(GOOD);
  world.update({ FunctionVersion: runs });
  await saw();
  return { ...fixture(set), good, bad, runs, since };
}

supersededContract('lambda', {
  putBack: (older) => superseded(older, 'put back'),
  fixed: (older) => superseded(older, 'fixed'),
});
