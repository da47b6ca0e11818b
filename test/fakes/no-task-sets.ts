import type { Clients } from '../../functions/mechanisms/ecs/controllers.ts';

function unasked(): never {
  throw new Error('nothing but ECS and its task definitions is asked here');
}

/** For tests of services that ECS deploys itself: nothing else may be asked; of tasks only where a deployment stalled. */
export const noTaskSets: Pick<Clients, 'taskSets' | 'balancer' | 'codeDeploy' | 'tasks'> = {
  tasks: { stopped: unasked, all: unasked },
  taskSets: { of: unasked, create: unasked, scaleUp: unasked, makePrimary: unasked },
  balancer: { forwardings: unasked, healthy: unasked, change: unasked },
  codeDeploy: {
    deployment: unasked,
    deployments: unasked,
    appSpec: unasked,
    tags: unasked,
    stop: unasked,
    deploy: unasked,
  },
};
