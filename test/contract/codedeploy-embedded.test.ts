import { createMechanism } from '../../functions/mechanisms/codedeploy/mechanism.ts';
import { createCodeDeploy } from '../../functions/mechanisms/codedeploy/sdk.ts';
import { CodeDeployWorld, idOf } from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { ARN, bundlesOf, clientOf } from '../functions/mechanisms/codedeploy/stage.ts';
import { FakeEntries } from '../fakes/ledger.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';

const target = 'codedeploy:shop/fleet';
const WRITES = new Set(['CreateDeployment', 'StopDeployment']);

function fixture(world: CodeDeployWorld, name = target): Fixture {
  const calls: string[] = [];
  const at = world.world.clock.iso();
  const mechanism = createMechanism({
    codedeploy: createCodeDeploy(clientOf(world, calls), ARN),
    bundles: bundlesOf(world),
    targetGroups: { named: () => Promise.resolve([]) },
    alias: () => Promise.resolve(null),
    reserved: () => Promise.resolve(null),
    ledger: new FakeEntries(name),
    now: () => at,
  });
  return {
    mechanism,
    target: name,
    good: idOf('v1'),
    bad: idOf('v2'),
    writes: () => calls.filter((operation) => WRITES.has(operation)).length,
    finish: async () => {
      await world.ended();
    },
    deployAnother: () => deploy(world, 'v3'),
    deployGood: () => deploy(world, 'v1'),
  };
}

/** One deployment at a time: the one in progress is stopped first. */
async function deploy(world: CodeDeployWorld, version: string): Promise<void> {
  const deploymentId = world.newest();
  if (!['Succeeded', 'Failed', 'Stopped'].includes(world.show(deploymentId).status!))
    world.call('StopDeployment', { deploymentId, autoRollbackEnabled: false });
  await world.pass(10);
  world.deploy(version);
}

async function over(then: (world: CodeDeployWorld) => Promise<unknown>): Promise<Fixture> {
  const world = new CodeDeployWorld();
  world.deploy('v1');
  await world.ended();
  await world.pass(600);
  world.deploy('v2');
  await then(world);
  return fixture(world);
}

mechanismContract('codedeploy, on the embedded AWS', {
  inFlight: () => over((world) => world.pass(20)),
  completed: () => over((world) => world.ended()),
  rollingBack: () =>
    over(async (world) => {
      await world.pass(20);
      world.call('StopDeployment', { deploymentId: world.newest(), autoRollbackEnabled: true });
      await world.pass(15);
    }),
  first: async () => {
    const world = new CodeDeployWorld();
    world.deploy('v2');
    await world.pass(20);
    return fixture(world);
  },
  missing: () => fixture(new CodeDeployWorld(), 'codedeploy:shop/nothing'),
});
