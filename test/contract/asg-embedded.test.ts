import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { createEc2 } from '../../functions/mechanisms/asg/ec2.ts';
import { createMechanism } from '../../functions/mechanisms/asg/mechanism.ts';
import { createTargetGroups } from '../../functions/mechanisms/asg/target-groups.ts';
import { createAutoScaling } from '../../functions/mechanisms/asg/sdk.ts';
import { AsgWorld, clientOf } from '@lastgood/embedded-aws/test/world/asg-world.ts';
import { FakeEntries } from '../fakes/ledger.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';

const target = 'asg:web';
const WRITES = new Set([
  'StartInstanceRefresh',
  'RollbackInstanceRefresh',
  'CancelInstanceRefresh',
  'UpdateAutoScalingGroup',
]);

function fixture(world: AsgWorld, more: Partial<Fixture> = {}): Fixture {
  const calls: string[] = [];
  const mechanism = createMechanism({
    autoscaling: createAutoScaling(
      Object.assign(new AutoScalingClient(), clientOf(world.world.autoscaling, calls)),
    ),
    ec2: createEc2(Object.assign(new EC2Client(), clientOf(world.world.ec2, calls))),
    targetGroups: createTargetGroups(clientOf(world.world.elb, calls) as never),
    ledger: new FakeEntries(target),
    now: () => world.world.clock.iso(),
  });
  return {
    mechanism,
    target,
    good: `${world.template}/1`,
    bad: `${world.template}/2`,
    writes: () => calls.filter((operation) => WRITES.has(operation)).length,
    finish: async () => {
      await world.ended();
    },
    deployAnother: () => deploy(world, world.version()),
    deployGood: () => deploy(world, '1'),
    ...more,
  };
}

/** One refresh at a time: the one in progress is cancelled first. */
async function deploy(world: AsgWorld, version: string): Promise<void> {
  const isGoingOn = world.newest()?.EndTime === undefined;
  if (isGoingOn) world.asg('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
  await world.pass(10);
  world.refresh(version);
}

/** Deploys a bad second version over a good first one. */
async function over(
  then: (world: AsgWorld) => Promise<unknown>,
  more: Partial<Fixture> = {},
): Promise<Fixture> {
  const world = new AsgWorld();
  world.create(world.version());
  await world.pass(120);
  world.refresh('1');
  await world.ended();
  await world.pass(600);
  world.refresh(world.version({ errorRate: 1 }));
  await then(world);
  return fixture(world, more);
}

mechanismContract('asg, on the embedded AWS', {
  inFlight: () => over((world) => world.pass(90)),
  completed: () => over((world) => world.ended(), { writesToRevert: 2 }),
  rollingBack: () =>
    over(async (world) => {
      await world.pass(150);
      world.asg('RollbackInstanceRefresh');
      await world.pass(5);
    }),
  first: async () => {
    const world = new AsgWorld();
    world.create(world.version());
    await world.pass(120);
    world.refresh('1');
    return fixture(world);
  },
  missing: () => fixture(new AsgWorld()),
});
