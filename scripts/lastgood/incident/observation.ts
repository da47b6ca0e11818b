import type { Entry, ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { isNumberOf } from '../../../src/targets/kinds/ecs/numbered.ts';

/** Returns whether an observed revision in the ledger belongs to this deployment. */
export function isObservationOf({ id, revision }: Deployment, { deployment }: ObservedRevision): boolean {
  return deployment === id || isNumberOf(deployment, revision.id);
}

/** Returns when the ledger saw a deployment complete, or null. */
export function completionOf(deployment: Deployment, entries: readonly Entry[]): Instant | null {
  const { startedAt, revision } = deployment;
  const found = entries.find((entry) => {
    if (entry.state === 'condemned' || isAfter(startedAt, entry.completedAt)) return false;
    return entry.state === 'proven' ? entry.revision.id === revision.id : isObservationOf(deployment, entry);
  });
  return found === undefined || found.state === 'condemned' ? null : found.completedAt;
}
