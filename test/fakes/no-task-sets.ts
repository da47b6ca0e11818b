import type { Clients } from '../../functions/mechanisms/ecs/controllers.ts';

function unexpected(): never {
  throw new Error('this test may read only ECS and its task definitions');
}

/**
 * Clients for tests of services that ECS deploys itself: every other read fails. Tasks are read only if a deployment
 * stalled.
 */
export const noTaskSets: Pick<
  Clients,
  'taskSets' | 'balancer' | 'codeDeploy' | 'tasks' | 'stages' | 'testListener'
> = {
  tasks: { stopped: unexpected, all: unexpected },
  taskSets: { of: unexpected, create: unexpected, scaleUp: unexpected, makePrimary: unexpected },
  stages: { of: unexpected, goOn: unexpected },
  testListener: unexpected,
  balancer: {
    forwardings: unexpected,
    of: unexpected,
    again: unexpected,
    healthy: unexpected,
    change: unexpected,
  },
  codeDeploy: {
    deployment: unexpected,
    deployments: unexpected,
    appSpecs: unexpected,
    tags: unexpected,
    stop: unexpected,
    deploy: unexpected,
  },
};
