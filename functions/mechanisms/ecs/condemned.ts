import type { Entry } from '../../../src/ledger/ledger.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { condemnedIn, provenIn } from './candidates.ts';
import { changesBetween, isEmpty } from './configuration.ts';
import type { ServiceRevision } from './ecs.ts';

/** Revisions that deploy what was at fault, each with the id under which that was condemned. */
export type Condemned = ReadonlyMap<string, string>;

/**
 * Each deployment of a task definition makes a service revision of its own, so that what was condemned comes back under
 * another id: the content decides. What was proven before that content was condemned keeps its own proof: a restart
 * that fails says nothing against what it was to restart.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export function condemnedAmong(
  revisions: ReadonlyMap<string, ServiceRevision>,
  entries: readonly Entry[],
): Condemned {
  const ids = condemnedIn(entries);
  const proven = new Set(provenIn(entries));
  const bad = [...ids].flatMap((id) => revisions.get(id) ?? []);
  const twinOf = (one: ServiceRevision) =>
    bad.find(
      (other) =>
        isSameContent(one, other) && !(proven.has(one.arn) && isAfter(other.createdAt, one.createdAt)),
    );
  const twins = [...revisions.values()].flatMap((one) => {
    const twin = ids.has(one.arn) ? undefined : twinOf(one);
    return twin === undefined ? [] : [[one.arn, twin.arn] as const];
  });
  return new Map([...[...ids].map((id) => [id, id] as const), ...twins]);
}

/** By more than the name: a tag that stands for another image now may be the fix. */
function isSameContent(one: ServiceRevision, other: ServiceRevision): boolean {
  if (!isEmpty(changesBetween(one.configuration, other.configuration))) return false;
  const digests = new Map(other.images.map(({ container, digest }) => [container, digest]));
  return one.images.every(({ container, digest }) => digest === (digests.get(container) ?? null));
}
