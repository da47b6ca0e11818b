import { LambdaWorld, BAD, GOOD } from '../local/world/lambda-world.ts';
import { stage, TARGET, type Stage } from '../functions/mechanisms/lambda/stage.ts';
import { mechanismContract, type Stand } from './mechanism.ts';

/** The alias has provisioned concurrency, so that going back takes Lambda its time. */
function stand({ world, mechanism, calls }: Stage, target = TARGET): Stand {
  return {
    mechanism,
    target,
    good: '1',
    bad: '2',
    writes: () => calls.filter((operation) => operation === 'UpdateAlias').length,
    finish: () => world.pass(200),
    deployAnother: () => void world.update({ FunctionVersion: world.publish(GOOD), RoutingConfig: {} }),
  };
}

async function over(then: (world: LambdaWorld) => void | Promise<void>): Promise<Stand> {
  const set = stage();
  set.world.provision();
  set.world.update({ FunctionVersion: set.world.publish(BAD) });
  await set.world.pass(200);
  await then(set.world);
  return stand(set);
}

mechanismContract('lambda, an alias with provisioned concurrency', {
  inFlight: () => {
    const set = stage();
    set.world.canary(set.world.publish(BAD), 0.2);
    const { writes, ...rest } = stand(set);
    // Without provisioned concurrency Lambda would be there at once; asleep, the good version takes its time too.
    set.world.lambda.let('checkout', '1', 'Pending');
    return { ...rest, writes, finish: () => set.world.lambda.let('checkout', '1', 'Active') };
  },
  completed: () => over(() => undefined),
  rollingBack: () => over((world) => void world.update({ FunctionVersion: '1' })),
  first: () => {
    const set = stage();
    set.ledger.list.length = 0;
    return stand(set);
  },
  missing: () => stand(stage(), 'lambda:checkout/beta'),
});
