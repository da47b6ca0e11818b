import type { Setup } from '../../../../src/aws/code-deploy/setup.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';

const find = findIn(ECS);

/**
 * Says how CodeDeploy ends a bad deployment, and for how long the old tasks live. A service that it deploys has no
 * circuit breaker and no alarms of its own.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BlueInstanceTerminationOption.html
 */
export function ofDeploymentGroup(
  group: string,
  { rollsBackOn, alarms, blueMinutes }: Setup,
  soakMinutes: number,
): readonly Finding[] {
  return [
    ...(rollsBackOn.includes('DEPLOYMENT_FAILURE')
      ? []
      : [
          find(
            'breaker-off',
            `CodeDeploy does not roll back a deployment to ${group} that fails.`,
            'Enable automatic rollback of the deployment group for the event DEPLOYMENT_FAILURE.',
          ),
        ]),
    ...(alarms.length > 0
      ? []
      : [
          find(
            'deployment-alarms-off',
            `No alarm stops a deployment to ${group}, so CodeDeploy does not end one that hurts users.`,
            'Add the alarms of the service to the deployment group.',
          ),
        ]),
    ...(blueMinutes === null || blueMinutes >= soakMinutes
      ? []
      : [
          find(
            'blue-gone-at-once',
            `The old tasks end ${blueMinutes} minutes after the traffic has moved, and a release is proven after ${soakMinutes} minutes, so a way back must start new ones.`,
            `Keep them for ${soakMinutes} minutes or longer: terminationWaitTimeInMinutes of deployment group ${group}.`,
          ),
        ]),
  ];
}
