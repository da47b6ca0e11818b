import type { Kind } from '../../../../../../../src/targets/kind.ts';

/** Returns the name in a target string: the part after the colon. */
export function nameOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

/**
 * Returns why a name is invalid. Refuses every name until the kind is written. Link the AWS page that defines valid
 * names.
 */
function problemOf(name: string): string | null {
  return `${JSON.stringify(name)} cannot be a KIND target yet`;
}

/** `KIND:…`: say here which AWS resource a target is. */
export const kind: Kind = {
  name: 'KIND',
  problemOf,
  fromDimensions: () => null,
  fromArn: () => null,
  fromDeploymentEvent: () => null,
  // What Plan and Revert read of the quotas in src/quotas/quotas.ts.
  reads: { plan: [], revert: [] },
};
