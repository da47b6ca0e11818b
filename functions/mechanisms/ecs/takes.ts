import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Takes } from '../../../src/rollback/turn.ts';
import type { Memo } from './memo.ts';

/**
 * Returns what a way back takes, by the controller of the service. A look calls each API once, and that of a load
 * balancer once for each target group. The contract test of the reads counts them.
 */
export const takes: Mechanism<Memo>['takes'] = ({ state, memo, watch }) => {
  const { write, look } = takesOf(memo, watch.targetGroups.length);
  return { write: state === 'join' ? [] : write, look };
};

function takesOf(memo: Memo, groups: number): Takes {
  switch (memo.controller) {
    // StopServiceDeployment or UpdateService. A look reads the service, the followed deployment and its revision.
    case 'ECS':
      return {
        write: [{ quota: 'ecs service modify', calls: 1 }],
        look: [
          { quota: 'ecs service read', calls: 1 },
          { quota: 'ecs service deployment read', calls: 1 },
          { quota: 'ecs service revision read', calls: 1 },
        ],
      };
    // StopDeployment or CreateDeployment. A look lists the deployments and reads them.
    case 'CODE_DEPLOY':
      return {
        write: [{ quota: 'codedeploy modify', calls: 1 }],
        look: [
          { quota: 'ecs service read', calls: 1 },
          { quota: 'codedeploy read', calls: 2 },
        ],
      };
    // The mark, and each listener or rule that the plan found. A look reads those rules, and each group's health.
    case 'EXTERNAL':
      return {
        write: [
          { quota: 'ecs service modify', calls: 1 },
          { quota: 'elb write', calls: memo.places?.length ?? 2 },
        ],
        look: [
          { quota: 'ecs service read', calls: 1 },
          { quota: 'elb read', calls: 1 + groups },
        ],
      };
  }
}
