import type { Entry, ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';

/**
 * Returns whether an observed revision in the ledger belongs to this deployment. ECS events name a deployment
 * `ecs-svc/` and the number of its service revision, as recorded pairs show.
 */
export function isObservationOf({ id, revision }: Deployment, { deployment }: ObservedRevision): boolean {
  const [, number] = /^ecs-svc\/(\d+)$/.exec(deployment) ?? [];
  return deployment === id || (number !== undefined && revision.id.endsWith(`/${number}`));
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
