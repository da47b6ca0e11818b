import type { Clients } from '../../functions/mechanisms/ecs/controllers.ts';

function unasked(): never {
  throw new Error('a service that ECS deploys itself has no task sets');
}

/** For tests of services that ECS deploys itself: nothing else may be asked. */
export const noTaskSets: Pick<Clients, 'taskSets' | 'balancer' | 'codeDeploy'> = {
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
