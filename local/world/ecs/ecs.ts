import type { Surroundings } from '../aws.ts';
import type { Backends } from '../seams.ts';
import type { AwsService } from '../service.ts';
import { clusterOperations } from './operations/clusters.ts';
import { serviceDeploymentOperations } from './operations/service-deployments.ts';
import { serviceRevisionOperations } from './operations/service-revisions.ts';
import { serviceOperations } from './operations/services.ts';
import { tagOperations } from './operations/tags.ts';
import { taskDefinitionOperations } from './operations/task-definitions.ts';
import { taskOperations } from './operations/tasks.ts';
import { createState, type Neighbours } from './state.ts';
import { answers } from './tasks/answers.ts';

/** Amazon ECS, and what its tasks answer to the load balancer. */
export interface Ecs extends AwsService, Backends {}

/**
 * Amazon ECS: services under the ECS deployment controller, whose tasks have a network interface each. Everything happens
 * by the virtual clock; what it does goes to the bus through `surroundings.emit`.
 */
export function createEcs(surroundings: Surroundings, neighbours: Neighbours): Ecs {
  const ecs = createState(surroundings, neighbours);
  return {
    signingName: 'ecs',
    operations: {
      ...clusterOperations(ecs),
      ...taskDefinitionOperations(ecs),
      ...serviceOperations(ecs),
      ...serviceDeploymentOperations(ecs),
      ...serviceRevisionOperations(ecs),
      ...taskOperations(ecs),
      ...tagOperations(ecs),
    },
    answers: (target) => answers(ecs, target),
  };
}
