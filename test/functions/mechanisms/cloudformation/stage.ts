import { createMechanism } from '../../../../functions/mechanisms/cloudformation/mechanism.ts';
import { createCloudFormation } from '../../../../functions/mechanisms/cloudformation/sdk.ts';
import { ROLE, StackWorld } from '@lastgood/embedded-aws/test/world/cloudformation-world.ts';
import type { NewStack } from '@lastgood/embedded-aws/world/cloudformation/model.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { stackClient } from '../../../fakes/stack-client.ts';

export const TARGET = 'cloudformation:shop';

const WRITES = ['CancelUpdateStack', 'RollbackStack', 'ContinueUpdateRollback'];

/** Sets up the mechanism on a stack of the embedded AWS, which was updated once: `deploy-v1`. */
export async function stage(settings: Partial<NewStack> = {}) {
  const world = new StackWorld({ roleArn: ROLE, ...settings });
  await world.pass(600);
  world.update('v1');
  await rest(world);
  await world.pass(600);
  return over(world);
}

export function over(world: StackWorld, target = TARGET) {
  const calls: string[] = [];
  const ledger = new FakeEntries(target);
  const cloudformation = createCloudFormation(stackClient(world, calls));
  const mechanism = createMechanism({ cloudformation, ledger, now: () => world.world.clock.iso() });
  const writes = () => calls.filter((operation) => WRITES.includes(operation));
  return { world, target, ledger, calls, writes, cloudformation, mechanism };
}

/** Lets time pass until no operation of the stack runs. */
export async function rest(world: StackWorld): Promise<void> {
  while (world.status()?.endsWith('_IN_PROGRESS')) await world.pass(10);
}
