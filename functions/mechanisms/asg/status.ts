import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instance, Refresh } from './autoscaling.ts';

type Status = Refresh['status'];

/** Returns whether it still rolls forward and can be stopped. */
export function isInFlight(status: Status): boolean {
  return status === 'Pending' || status === 'InProgress' || status === 'Baking';
}

export function isRollingBack(status: Status): boolean {
  return status === 'RollbackInProgress';
}

/** Returns whether it occupies the one refresh that a group can have in flight. */
export function isActive(status: Status): boolean {
  return isInFlight(status) || isRollingBack(status) || status === 'Cancelling';
}

/** Returns whether it tried to roll back, with any result. */
export function wentBack(status: Status): boolean {
  return status.startsWith('Rollback');
}

/** Returns the status of a refresh as a deployment's state. */
export function stateOf(status: Status): Deployment['state'] {
  if (isInFlight(status)) return 'in-flight';
  if (isRollingBack(status)) return 'rolling-back';
  return status === 'Successful' ? 'completed' : 'failed';
}

export function isInService({ lifecycle }: Pick<Instance, 'lifecycle'>): boolean {
  return lifecycle === 'InService';
}

/** Returns whether it is in service, or on its way there, perhaps with a new root volume. */
export function isComing({ lifecycle }: Pick<Instance, 'lifecycle'>): boolean {
  return lifecycle === 'InService' || /^(Pending|Replacing|RootVolume)/.test(lifecycle);
}

/** Returns whether it is on its way out. */
export function isLeaving({ lifecycle }: Pick<Instance, 'lifecycle'>): boolean {
  return lifecycle.startsWith('Terminat');
}
