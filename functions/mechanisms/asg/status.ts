import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instance, Refresh } from './autoscaling.ts';

type Status = Refresh['status'];

/** Still going forward, and can be stopped. */
export function isInFlight(status: Status): boolean {
  return status === 'Pending' || status === 'InProgress' || status === 'Baking';
}

export function isRollingBack(status: Status): boolean {
  return status === 'RollbackInProgress';
}

/** Takes up the one place for refreshes that a group has. */
export function isActive(status: Status): boolean {
  return isInFlight(status) || isRollingBack(status) || status === 'Cancelling';
}

/** Tried to go back, whatever came of it. */
export function wentBack(status: Status): boolean {
  return status.startsWith('Rollback');
}

/** The status of a refresh as a deployment's state. */
export function stateOf(status: Status): Deployment['state'] {
  if (isInFlight(status)) return 'in-flight';
  if (isRollingBack(status)) return 'rolling-back';
  return status === 'Successful' ? 'completed' : 'failed';
}

export function isInService({ lifecycle }: Pick<Instance, 'lifecycle'>): boolean {
  return lifecycle === 'InService';
}

/** In service, or on its way there. */
export function isComing({ lifecycle }: Pick<Instance, 'lifecycle'>): boolean {
  return lifecycle === 'InService' || lifecycle.startsWith('Pending');
}

/** On its way out. */
export function isLeaving({ lifecycle }: Pick<Instance, 'lifecycle'>): boolean {
  return lifecycle.startsWith('Terminat');
}
