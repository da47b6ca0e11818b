import type { Deployment as Known } from '../../../src/rollback/plan.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Deployment, DeploymentStatus } from './codedeploy.ts';

const IN_FLIGHT: readonly DeploymentStatus[] = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];

export function isInFlight({ status }: Pick<Deployment, 'status'>): boolean {
  return IN_FLIGHT.includes(status);
}

/** Its state in the document's words, leaving aside whether CodeDeploy takes it back. */
export function stateOf(deployment: Deployment): Known['state'] {
  if (isInFlight(deployment)) return 'in-flight';
  return deployment.status === 'Succeeded' ? 'completed' : 'failed';
}

/** How long the deployment that rolls back may keep us waiting. AWS gives no figure. */
const ROLLBACK_WITHIN_SECONDS = 120;

/** Whether it ended so short a time ago that its rollback may only not be there yet. */
export function mayStillBeRolledBack(
  { finishedAt, rolledBackBy, rollbackMessage }: Deployment,
  now: Instant,
): boolean {
  if (rolledBackBy !== null || rollbackMessage !== '' || finishedAt === null) return false;
  return secondsBetween(finishedAt, now) < ROLLBACK_WITHIN_SECONDS;
}

/**
 * Whether nobody told it to end: it failed, or CodeDeploy stopped it, for an alarm say.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html
 */
export function endedByItself({ status, error }: Deployment): boolean {
  if (status === 'Failed') return true;
  return status === 'Stopped' && error !== '' && !error.startsWith('MANUAL_STOP');
}

/** Whether CodeDeploy is about to roll it back by its configuration. */
export function isAboutToBeRolledBack(deployment: Deployment, now: Instant): boolean {
  const { status, error, rollsBackOn } = deployment;
  if (status === 'Succeeded' || isInFlight(deployment)) return false;
  const stopped = error.startsWith('ALARM_ACTIVE')
    ? 'DEPLOYMENT_STOP_ON_ALARM'
    : 'DEPLOYMENT_STOP_ON_REQUEST';
  const event = status === 'Failed' ? 'DEPLOYMENT_FAILURE' : stopped;
  return rollsBackOn.includes(event) && mayStillBeRolledBack(deployment, now);
}
