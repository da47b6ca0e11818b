import { findIn, type Finding } from '../finding.ts';
import { SHARED } from '../ids/shared.ts';

const find = findIn(SHARED);

/** IAM's decision on one action of a way back. */
export interface Simulated {
  readonly action: string;
  readonly resources: readonly string[];
  /** `allowed`, `implicitDeny` or `explicitDeny`. */
  readonly decision: string;
}

/** Returns what the role of a mechanism lacks for a way back. */
export function ofSimulation(role: string, simulated: readonly Simulated[]): readonly Finding[] {
  return simulated
    .filter(({ decision }) => decision !== 'allowed')
    .map(({ action, resources, decision }) =>
      find(
        'not-permitted',
        `Role ${role} may not call ${action} on ${resources.join(' and ')} (${decision}).`,
        decision === 'explicitDeny'
          ? 'See which boundary, policy of the organization or parameter of the stack denies it.'
          : 'Tag the resource lastgood=auto or approve, and deploy the latest version of the stack with its parameters.',
      ),
    );
}
