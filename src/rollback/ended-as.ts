import type { Deployment } from './plan.ts';

/** Returns how a deployment ended that did not complete. AWS found no failure where a person or a tool cancelled it. */
export function endedAs({ isCancelled }: Pick<Deployment, 'isCancelled'>): 'was stopped' | 'failed' {
  return isCancelled === true ? 'was stopped' : 'failed';
}
