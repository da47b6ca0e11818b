import type { Setup } from '../../../../src/aws/code-deploy/setup.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { CODEDEPLOY } from '../../../../src/readiness/ids/codedeploy.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { secondsBetween } from '../../../../src/rollback/time.ts';

const find = findIn(CODEDEPLOY);

/**
 * Looks at what natively ends a bad deployment.
 * Unknown: scripts-of-a-bundle. Unknown: files-of-an-own-rollback.
 */
export function ofWatching(group: string, { rollsBackOn, alarms }: Setup): readonly Finding[] {
  return [
    ...(rollsBackOn.includes('DEPLOYMENT_FAILURE')
      ? []
      : [
          find(
            'rollback-off',
            `CodeDeploy does not roll back a deployment to ${group} that fails.`,
            'Enable automatic rollback for the event DEPLOYMENT_FAILURE.',
          ),
        ]),
    ...(alarms.length > 0
      ? []
      : [
          find(
            'deployment-alarms-off',
            `No alarm stops a deployment to ${group}.`,
            'Add the alarms of the service to the deployment group.',
          ),
        ]),
  ];
}

/** A way back on instances uses the configuration of the group. */
export function ofConfig(
  group: string,
  { config, isBlueGreen }: Setup,
  minimum: number | null,
): readonly Finding[] {
  if (isBlueGreen || minimum !== 0) return [];
  return [
    find(
      'all-at-once',
      `Deployments to ${group} may take all instances out of service at once (${config}), and so would the way back.`,
      'Use a deployment configuration whose minimum of healthy hosts is above 0, such as CodeDeployDefault.HalfAtATime.',
    ),
  ];
}

/**
 * After that time the way back needs new instances.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BlueInstanceTerminationOption.html
 */
export function ofBlue(group: string, { blueMinutes }: Setup, soakMinutes: number): readonly Finding[] {
  if (blueMinutes === null || blueMinutes >= soakMinutes) return [];
  return [
    find(
      'blue-ends-early',
      `The old instances of ${group} end ${blueMinutes} minutes after the traffic has moved, and a release is proven after ${soakMinutes} minutes.`,
      `Keep them for ${soakMinutes} minutes or longer: terminationWaitTimeInMinutes of the deployment group.`,
    ),
  ];
}

/** A deployment that takes longer waits for an operator, or is stuck. */
const OPEN_SECONDS = 4 * 3600;

/** CodeDeploy runs one deployment of a group at a time, so a way back must stop the one in flight first. */
export function ofOpen(
  group: string,
  deployment: Deployment | undefined,
  hasMoved: boolean,
  now: Instant,
): readonly Finding[] {
  if (deployment?.state !== 'in-flight' || hasMoved) return [];
  const seconds = secondsBetween(deployment.startedAt, now);
  if (seconds < OPEN_SECONDS) return [];
  return [
    find(
      'deployment-open',
      `Deployment ${deployment.id} to ${group} is in flight for ${Math.floor(seconds / 3600)} hours, and a way back must stop it first.`,
      `Continue or stop it: aws deploy stop-deployment --deployment-id ${deployment.id}.`,
    ),
  ];
}

/**
 * Instances without the release run another revision, or have no agent that answers.
 * Unknown: agents-of-codedeploy.
 */
export function ofMissed(
  group: string,
  last: { readonly id: string; readonly missed: number } | null,
): readonly Finding[] {
  if (last === null || last.missed === 0) return [];
  return [
    find(
      'instances-missed',
      `The last successful deployment to ${group}, ${last.id}, did not reach ${last.missed} of its instances, and a way back may not either.`,
      `Read why, and look at their CodeDeploy agents: aws deploy list-deployment-targets --deployment-id ${last.id}.`,
    ),
  ];
}
