import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Takes } from '../../../src/rollback/turn.ts';
import type { Memo } from './memo.ts';

/** What a way back takes, by the controller of the service. */
const TAKES: Readonly<Record<Memo['controller'], Takes>> = {
  // StopServiceDeployment or UpdateService. A look reads the service and the deployment.
  ECS: {
    write: [{ quota: 'ecs service modify', calls: 1 }],
    look: [
      { quota: 'ecs service read', calls: 1 },
      { quota: 'ecs service deployment read', calls: 1 },
    ],
  },
  // StopDeployment or CreateDeployment. A look reads the service and the deployments of CodeDeploy.
  CODE_DEPLOY: {
    write: [{ quota: 'codedeploy modify', calls: 1 }],
    look: [
      { quota: 'ecs service read', calls: 1 },
      { quota: 'codedeploy read', calls: 2 },
    ],
  },
  // The weights of a listener and a rule, and the mark. A look reads the task sets and what sends them traffic.
  EXTERNAL: {
    write: [
      { quota: 'ecs service modify', calls: 1 },
      { quota: 'elb write', calls: 2 },
    ],
    look: [
      { quota: 'ecs service read', calls: 1 },
      { quota: 'elb read', calls: 2 },
    ],
  },
};

export const takes: Mechanism<Memo>['takes'] = ({ state, memo: { controller } }) => {
  const { write, look } = TAKES[controller];
  return { write: state === 'join' ? [] : write, look };
};
