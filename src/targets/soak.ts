import type { ObservedRevision } from '../ledger/ledger.ts';
import { MIN_SOAK_MINUTES } from '../rollback/settings.ts';
import { after } from '../rollback/time.ts';
import type { ObservedDeployment } from './kind.ts';

/** The shortest soak there is: the target's own stands in its tags, and the sweep, which reads them, waits for the rest. */
export function toSoak({ target, deployment, at }: ObservedDeployment): ObservedRevision {
  return { target, deployment, completedAt: at, soakUntil: after(at, MIN_SOAK_MINUTES * 60) };
}
