import type { Deployment } from '../../../src/rollback/plan.ts';
import type { DeploymentStatus } from './ecs.ts';

const IN_FLIGHT: readonly DeploymentStatus[] = ['PENDING', 'IN_PROGRESS'];
const ROLLING_BACK: readonly DeploymentStatus[] = ['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'];

/** Returns whether it still rolls out and can be stopped with a rollback. */
export function isInFlight(status: DeploymentStatus): boolean {
  return IN_FLIGHT.includes(status);
}

export function isRollingBack(status: DeploymentStatus): boolean {
  return ROLLING_BACK.includes(status);
}

/** Returns whether it tried to roll back natively, with any result. */
export function wentBack(status: DeploymentStatus): boolean {
  return status.startsWith('ROLLBACK_');
}

/** Returns a service deployment's status as a deployment's state. */
export function stateOf(status: DeploymentStatus): Deployment['state'] {
  if (isInFlight(status)) return 'in-flight';
  if (isRollingBack(status)) return 'rolling-back';
  return status === 'SUCCESSFUL' ? 'completed' : 'failed';
}
