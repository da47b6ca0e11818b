import type { DeploymentTarget, ECSTaskSet, TargetLabel } from '@aws-sdk/client-codedeploy';
import { arn } from '../../aws.ts';
import type { TaskSetSide } from '../../seams.ts';
import type { Deployment } from '../model.ts';
import { serviceOf } from './ground.ts';

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ECSTarget.html */
export function targetOf(
  { id, group, status }: Deployment,
  { blue, green }: { readonly blue: TaskSetSide | null; readonly green: TaskSetSide | null },
  percent: number,
): DeploymentTarget {
  const { cluster, service } = serviceOf(group);
  const isOver = status === 'Succeeded' || status === 'Failed';
  return {
    deploymentTargetType: 'ECSTarget',
    ecsTarget: {
      deploymentId: id,
      targetId: `${cluster}:${service}`,
      targetArn: arn('ecs', `service/${cluster}/${service}`),
      status: isOver ? status : 'InProgress',
      lifecycleEvents: [],
      taskSetsInfo: [...shown(blue, 'Blue', 100 - percent), ...shown(green, 'Green', percent)],
    },
  };
}

function shown(side: TaskSetSide | null, taskSetLabel: TargetLabel, trafficWeight: number): ECSTaskSet[] {
  if (side === null) return [];
  const status = side.isPrimary ? 'PRIMARY' : 'ACTIVE';
  return [{ identifer: side.id, status, trafficWeight, taskSetLabel }];
}
