import type { Instant } from '../rollback/request.ts';
import { isAfter } from '../rollback/time.ts';
import type { Entry } from './ledger.ts';

export type Proven = Extract<Entry, { state: 'proven' }>;
export type Condemned = Extract<Entry, { state: 'condemned' }>;

/** Returns the entries of proven revisions, in their order. */
export function provenIn(entries: readonly Entry[]): readonly Proven[] {
  return entries.filter((entry) => entry.state === 'proven');
}

/** Returns the entries of revisions that were at fault once, in their order. */
export function condemnedIn(entries: readonly Entry[]): readonly Condemned[] {
  return entries.filter((entry) => entry.state === 'condemned');
}

/** Returns the ids of the revisions that were proven, newest first. */
export function provenIds(entries: readonly Entry[]): readonly string[] {
  return provenIn(entries).map(({ revision }) => revision.id);
}

/** Returns the ids of the revisions that were at fault once. */
export function condemnedIds(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(condemnedIn(entries).map(({ revision }) => revision.id));
}

/** Says whether the ledger has proven a revision by a deployment that completed at or after an instant. */
export function isProvenIn(entries: readonly Entry[], revision: string, startedAt: Instant): boolean {
  return provenIn(entries).some(
    (entry) => entry.revision.id === revision && !isAfter(startedAt, entry.completedAt),
  );
}
