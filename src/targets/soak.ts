import type { ObservedRevision } from '../ledger/ledger.ts';
import { MIN_SOAK_MINUTES } from '../rollback/settings.ts';
import { after } from '../rollback/time.ts';
import type { ObservedDeployment } from './kind.ts';

/**
 * Returns an observed revision with the shortest soak. The sweep reads the target's own soak from its tags and extends
 * it.
 */
export function toSoak({ target, deployment, at, notBefore }: ObservedDeployment): ObservedRevision {
  return {
    ...{ target, deployment, completedAt: at },
    ...(notBefore !== undefined && { notBefore }),
    soakUntil: after(at, MIN_SOAK_MINUTES * 60),
  };
}
