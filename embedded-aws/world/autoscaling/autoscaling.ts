import type { LifecycleState } from '@aws-sdk/client-auto-scaling';
import type { Surroundings } from '../aws.ts';
import type { Backends, GroupInstances } from '../seams.ts';
import { limited, type AwsService } from '../service.ts';
import { watchHealth } from './health.ts';
import { groupOperations } from './operations/groups.ts';
import { instanceOperations } from './operations/instances.ts';
import { refreshOperations } from './operations/refreshes.ts';
import { tagOperations } from './operations/tags.ts';
import { stepRefresh } from './refresh/step.ts';
import { scale } from './scale.ts';
import type { AutoScalingState, Neighbours } from './state.ts';
import { bucketOf } from './buckets.ts';
import { HONOURED } from './honoured.ts';

/** Amazon EC2 Auto Scaling, and its instances' answers to the load balancer. */
export interface AutoScaling extends AwsService, Backends, GroupInstances {}

/** Interval of the looks at a group. AWS gives no figure. */
const LOOK_EVERY_MS = 2_000;

/**
 * Simulates Amazon EC2 Auto Scaling: groups of instances from launch templates, and their instance refreshes. Warm pools
 * and policies are not modelled.
 */
export function createAutoScaling(surroundings: Surroundings, neighbours: Neighbours): AutoScaling {
  const state: AutoScalingState = { ...surroundings, ...neighbours, groups: new Map(), instances: new Map() };
  surroundings.clock.every(LOOK_EVERY_MS, () => look(state), true);
  return {
    signingName: 'autoscaling',
    honoured: HONOURED,
    operations: limited(
      {
        ...groupOperations(state),
        ...refreshOperations(state),
        ...instanceOperations(state),
        ...tagOperations(state),
      },
      bucketOf,
    ),
    answers: ({ id }) => {
      const found = state.instances.get(id);
      return found === undefined || BOOTING.has(found.lifecycle) ? null : found.root.behaviour;
    },
    launchedByGroups: () =>
      [...state.groups.values()].flatMap(({ name: group, instances, ended }) =>
        [...instances, ...ended].map((instance) => ({
          ...instance,
          behaviour: instance.root.behaviour,
          group,
        })),
      ),
  };
}

/** The states of an instance that answers nothing. */
const BOOTING = new Set<LifecycleState>(['Pending', 'ReplacingRootVolume', 'RootVolumeReplaced']);

function look(state: AutoScalingState): void {
  for (const group of state.groups.values()) {
    watchHealth(state, group);
    stepRefresh(state, group);
    scale(state, group);
  }
}
