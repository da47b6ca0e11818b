import type { Deployment } from './appconfig.ts';

type Stated = Pick<Deployment, 'state'>;

/** Says whether a deployment grows or bakes: it can be stopped, and monitors roll it back. */
export function isInFlight({ state }: Stated): boolean {
  return state === 'VALIDATING' || state === 'DEPLOYING' || state === 'BAKING';
}

export function isGoingBack({ state }: Stated): boolean {
  return state === 'ROLLING_BACK';
}

/** Says whether its clients have the version before again, or get it at their next poll. */
export function wentBack({ state }: Stated): boolean {
  return state === 'ROLLED_BACK' || state === 'REVERTED';
}

export function isComplete({ state }: Stated): boolean {
  return state === 'COMPLETE';
}

/** Says whether it holds the place of the environment, which has one deployment at a time. */
export function isOpen(deployment: Stated): boolean {
  return isInFlight(deployment) || isGoingBack(deployment);
}
