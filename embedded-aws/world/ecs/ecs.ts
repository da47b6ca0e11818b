import type { Surroundings } from '../aws.ts';
import type { Facts } from '../needs/facts.ts';
import type { Backends, TaskSets } from '../seams.ts';
import type { AwsService } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import { addContainerInstance } from './container-instances.ts';
import type { Room } from './model.ts';
import { clusterOperations } from './operations/clusters.ts';
import { serviceDeploymentOperations } from './operations/service-deployments.ts';
import { serviceRevisionOperations } from './operations/service-revisions.ts';
import { serviceOperations } from './operations/services.ts';
import { tagOperations } from './operations/tags.ts';
import { taskDefinitionOperations } from './operations/task-definitions.ts';
import { taskSetOperations } from './operations/task-sets.ts';
import { taskOperations } from './operations/tasks.ts';
import { createState, type Neighbours, type Quota, type Unreadable } from './state.ts';
import { findTaskDefinition } from './task-definitions.ts';
import { taskSetsForCodeDeploy } from './task-sets/for-code-deploy.ts';
import { answers } from './tasks/answers.ts';
import { HONOURED } from './honoured.ts';

/** Amazon ECS, its tasks' answers to the load balancer, and the task sets that CodeDeploy deploys. */
export interface Ecs extends AwsService, Backends, TaskSets, TaggedResources, Pick<Facts, 'taskRoles'> {
  /** The account's remaining quotas. Scenarios change them. */
  readonly quota: Quota;
  /** What execution roles cannot read, though a task definition names it. Scenarios change it. */
  readonly unreadable: Unreadable;
  /** Adds a machine for tasks of the launch type EC2 to a cluster, as its agent would. Returns its id. */
  addContainerInstance(cluster: string, room: Room): string;
}

/**
 * Simulates Amazon ECS: services under every deployment controller. Each task has a network interface. Everything runs by
 * the virtual clock; `surroundings.emit` publishes the events to the bus.
 */
export function createEcs(surroundings: Surroundings, neighbours: Neighbours): Ecs {
  const ecs = createState(surroundings, neighbours);
  return {
    signingName: 'ecs',
    honoured: HONOURED,
    operations: {
      ...clusterOperations(ecs),
      ...taskDefinitionOperations(ecs),
      ...serviceOperations(ecs),
      ...serviceDeploymentOperations(ecs),
      ...serviceRevisionOperations(ecs),
      ...taskSetOperations(ecs),
      ...taskOperations(ecs),
      ...tagOperations(ecs),
    },
    quota: ecs.quota,
    unreadable: ecs.unreadable,
    addContainerInstance: (cluster, room) => addContainerInstance(ecs, cluster, room).id,
    answers: (target) => answers(ecs, target),
    ...taskSetsForCodeDeploy(ecs),
    taskRoles: (named) => {
      const { taskRoleArn, executionRoleArn } = findTaskDefinition(ecs, named)?.registered ?? {};
      return [...new Set([taskRoleArn, executionRoleArn])].filter((role) => role !== undefined);
    },
    tagged: () => [...ecs.services.values()].map(({ arn, tags }) => ({ arn, tags })),
  };
}
