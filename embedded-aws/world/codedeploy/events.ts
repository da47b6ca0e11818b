import { REGION } from '../aws.ts';
import type { Deployment } from './model.ts';
import { applicationArn, groupArn } from './names.ts';
import type { CodeDeployState } from './state.ts';

export type DeploymentEvent = 'START' | 'READY' | 'SUCCESS' | 'FAILURE' | 'STOP';

/**
 * Publishes the event CodeDeploy Deployment State-change Notification.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
 */
export function emitDeployment(
  { surroundings }: CodeDeployState,
  { id, group }: Deployment,
  state: DeploymentEvent,
): void {
  const { name: application } = group.application;
  surroundings.emit({
    source: 'aws.codedeploy',
    'detail-type': 'CodeDeploy Deployment State-change Notification',
    resources: [applicationArn(application), groupArn(application, group.name)],
    detail: {
      region: REGION,
      deploymentId: id,
      instanceGroupId: group.id,
      deploymentGroup: group.name,
      state,
      application,
    },
  });
}
