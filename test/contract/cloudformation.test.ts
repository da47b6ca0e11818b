import { createMechanism } from '../../functions/mechanisms/cloudformation/mechanism.ts';
import { StackWorld } from '@lastgood/embedded-aws/test/world/cloudformation-world.ts';
import { over, rest, stage } from '../functions/mechanisms/cloudformation/stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';

/** Ten minutes in which an update can be cancelled after its last resource. */
const monitoringMinutes = 30;

function fixture(set: ReturnType<typeof over>): Fixture {
  const { world, target, cloudformation, ledger, writes } = set;
  const at = world.world.clock.iso();
  return {
    mechanism: createMechanism({ cloudformation, ledger, now: () => at }),
    target,
    good: 'deploy-v1',
    bad: 'deploy-v2',
    writes: () => writes().length,
    finish: () => rest(world),
    // A stack has one operation at a time.
    deployAnother: async () => {
      await rest(world);
      world.update('v3');
    },
  };
}

async function updated(
  seconds: number,
  then: (world: StackWorld) => void = () => undefined,
): Promise<Fixture> {
  const set = await stage({ monitoringMinutes });
  set.world.update('v2');
  await set.world.pass(seconds);
  then(set.world);
  return fixture(set);
}

mechanismContract('cloudformation, on the embedded AWS', {
  inFlight: () => updated(5),
  // Every resource is new. After the monitoring time CloudFormation has no way back.
  completed: () => updated(600),
  rollingBack: () => updated(60, (world) => void world.call('CancelUpdateStack', { StackName: 'shop' })),
  first: () => fixture(over(new StackWorld())),
  missing: async () => fixture({ ...(await stage()), target: 'cloudformation:nothing' }),
});
