import { ECSClient } from '@aws-sdk/client-ecs';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { StalledKind } from '../../../src/targets/kind.ts';
import { stalledOf, type Reads } from './progress/stalled.ts';
import type { Ecs } from './ecs.ts';
import { describeDeployment, describeService } from './reads.ts';
import { isStaying } from './supported.ts';
import { serviceOf } from '../../../src/targets/kinds/ecs/target.ts';
import { describeTaskSets } from './task-sets/read.ts';
import { createTasks } from './tasks/sdk.ts';

/** Creates what on-hint uses to find stalled ECS services. */
export function createStalledKind({ connect, now }: Surroundings): StalledKind {
  const client = connect(ECSClient);
  return stalledKind({
    ecs: { service: describeService(client), deployment: describeDeployment(client) },
    taskSets: { of: describeTaskSets(client) },
    tasks: createTasks(client),
    now,
  });
}

/** Returns the checks of one service, which cost one call if it did not opt in. */
export function stalledKind(reads: Reads & { readonly ecs: Pick<Ecs, 'service'> }): StalledKind {
  return {
    stalled: async (target) => {
      const name = serviceOf(target);
      const service = await reads.ecs.service(name);
      const isTagged = service?.tags['lastgood'] !== undefined;
      return isTagged && isStaying(service) ? stalledOf(name, service, reads) : null;
    },
  };
}
