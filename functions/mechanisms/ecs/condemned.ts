import { condemnedIds, condemnedIn, provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { mayBeSame, type Contents } from './content.ts';
import type { ServiceRevision } from './ecs.ts';

/** Revisions whose content was condemned, each with the condemned id. */
export type Condemned = ReadonlyMap<string, string>;

/** What is known of the revisions of a service. */
export interface Known {
  readonly revisions: ReadonlyMap<string, ServiceRevision>;
  readonly entries: readonly Entry[];
  readonly contents: Contents;
}

/**
 * Returns the revisions with condemned content. Each deployment makes its own service revision, and a pipeline that
 * runs again registers the same task definition anew. So condemned content returns under another id. A revision that
 * was proven before its content was condemned stays proven: a failed restart does not count against the restarted
 * revision.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export function condemnedAmong(known: Known): Condemned {
  const { revisions, contents, entries } = known;
  const ids = condemnedIds(entries);
  const twins = [...revisions.keys()].flatMap((one) => {
    if (ids.has(one) || !contents.has(one)) return [];
    const twin = [...ids].find(
      (other) => contents.get(one) === contents.get(other) && !isRestartOf(other, one, known),
    );
    return twin === undefined ? [] : [[one, twin] as const];
  });
  return new Map([...[...ids].map((id) => [id, id] as const), ...twins]);
}

/**
 * Returns another condemned revision that a revision may equal, as far as both are known. Null: it equals none.
 * @param wasRead says whether ECS was asked for a revision
 */
export function perhapsCondemned(one: string, known: Known, wasRead: (id: string) => boolean): string | null {
  const { contents, entries } = known;
  const content = contents.get(one);
  const found = [...condemnedIds(entries)].find((other) => {
    if (other === one) return false;
    const bad = contents.get(other);
    // What ECS forgot cannot be compared. What was left out could have been.
    if (bad === undefined || content === undefined) return !wasRead(other) && !isProvenIn(one, entries);
    return mayBeSame(content, bad) && !isRestartOf(other, one, known);
  });
  return found ?? null;
}

/** Says whether a condemned revision came after a proven one, which it only deployed again. */
function isRestartOf(condemned: string, proven: string, { revisions, entries }: Known): boolean {
  const proof = provenIn(entries).find(({ revision }) => revision.id === proven);
  if (proof === undefined) return false;
  const [bad, good] = [revisions.get(condemned), revisions.get(proven)];
  if (bad !== undefined && good !== undefined) return isAfter(bad.createdAt, good.createdAt);
  const end = condemnedIn(entries).find(({ revision }) => revision.id === condemned);
  return end !== undefined && isAfter(end.condemnedAt, proof.completedAt);
}

function isProvenIn(id: string, entries: readonly Entry[]): boolean {
  return provenIn(entries).some(({ revision }) => revision.id === id);
}
