import { condemnedIds, provenIds } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Contents } from './content.ts';
import type { ServiceRevision } from './ecs.ts';

/** Revisions whose content was condemned, each with the condemned id. */
export type Condemned = ReadonlyMap<string, string>;

/**
 * Returns the revisions with condemned content. Each deployment makes its own service revision, and a pipeline that
 * runs again registers the same task definition anew. So condemned content returns under another id. A revision that
 * was proven before its content was condemned stays proven: a failed restart does not count against the restarted
 * revision.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export function condemnedAmong(
  revisions: ReadonlyMap<string, ServiceRevision>,
  entries: readonly Entry[],
  contents: Contents,
): Condemned {
  const ids = condemnedIds(entries);
  const proven = new Set(provenIds(entries));
  const bad = [...ids].flatMap((id) => revisions.get(id) ?? []);
  const twinOf = (one: ServiceRevision) =>
    bad.find(
      (other) =>
        contents.has(one.arn) &&
        contents.get(one.arn) === contents.get(other.arn) &&
        !(proven.has(one.arn) && isAfter(other.createdAt, one.createdAt)),
    );
  const twins = [...revisions.values()].flatMap((one) => {
    const twin = ids.has(one.arn) ? undefined : twinOf(one);
    return twin === undefined ? [] : [[one.arn, twin.arn] as const];
  });
  return new Map([...[...ids].map((id) => [id, id] as const), ...twins]);
}
