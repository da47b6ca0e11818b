import { condemnedIds, provenIds } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Contents } from './content.ts';
import type { ServiceRevision } from './ecs.ts';

/** Revisions that deploy what was at fault, each with the id under which that was condemned. */
export type Condemned = ReadonlyMap<string, string>;

/**
 * Each deployment makes a service revision of its own, and a pipeline that runs again registers the same task definition
 * anew, so that what was condemned comes back under another id: the content decides. What was proven before that content was condemned keeps its own proof: a restart
 * that fails says nothing against what it was to restart.
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
