import { provenIn } from './among.ts';
import type { Instant } from '../rollback/request.ts';
import { isAfter } from '../rollback/time.ts';
import type { Entry } from './ledger.ts';

/** Says whether the ledger has proven a revision by a deployment that completed at or after an instant. */
export function isProvenIn(entries: readonly Entry[], revision: string, startedAt: Instant): boolean {
  return provenIn(entries).some(
    (entry) => entry.revision.id === revision && !isAfter(startedAt, entry.completedAt),
  );
}
