import { condemnedIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isThere } from '../../../src/rollback/course.ts';
import { isProvenIn } from '../../../src/ledger/among.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { changesBetween } from '../../../src/rollback/traits.ts';
import { knownAs } from './content.ts';
import { canMove } from './image.ts';
import { type TemplateVersion, namedRevision } from './revision.ts';
import type { Results } from './results.ts';
import { inOneList, refreshed, type Rollout } from './rollouts.ts';
import { observedRollouts } from './observed.ts';
import { unrefreshed } from './unrefreshed.ts';

/**
 * Returns the last deployments of a group, newest first: its refreshes, and those that instances or the ledger show.
 */
export function historyOf(known: Results, entries: readonly Entry[], now: Instant): readonly Deployment[] {
  const rollouts = inOneList(
    unrefreshed(known, entries, now),
    refreshed(known, now),
    observedRollouts(entries),
  );
  return rollouts
    .slice(0, MAX_RECENT_DEPLOYMENTS)
    .map((rollout, at) => toDeployment(rollout, rollouts, at, entries, known.versions));
}

function toDeployment(
  rollout: Rollout,
  all: readonly Rollout[],
  at: number,
  entries: readonly Entry[],
  versions: ReadonlyMap<string, TemplateVersion>,
): Deployment {
  const { id, state, startedAt, finishedAt, revision, remains, takesAll } = rollout;
  const { content } = knownAs(revision ?? '', versions);
  return {
    id,
    state,
    startedAt,
    ...(finishedAt !== null && { finishedAt }),
    revision:
      revision === null
        ? { id: `refresh:${id}`, name: `what ${id} deployed` }
        : namedRevision(revision, versions),
    ...(content !== undefined && { content }),
    ...(isProvenIn(entries, revision ?? '', startedAt) && { isProven: true }),
    ...changesAt(all, at, versions),
    isRollback: rollout.isAwsRollback === true || bringsBackGood(all, at, entries),
    ...(remains && { remains }),
    ...(takesAll && { takesAll }),
  };
}

/** Limits the deployments with a list of changes: the document has a size limit. */
const MAX_EXPLAINED = 4;

/** Compares a rollout with the one that it replaced. Unknown if a parameter names the image. */
function changesAt(
  all: readonly Rollout[],
  at: number,
  versions: ReadonlyMap<string, TemplateVersion>,
): Pick<Deployment, 'changes'> {
  const replaced = all.slice(at + 1).find(isThere);
  const to = versions.get(all[at]?.revision ?? '');
  const from = versions.get(replaced?.revision ?? '');
  const isKnown = to !== undefined && from !== undefined && !canMove(to.image) && !canMove(from.image);
  return isKnown && at < MAX_EXPLAINED ? { changes: changesBetween(from.traits, to.traits) } : {};
}

/**
 * Returns whether a refresh is a way back. AWS does not show who started it. Its version must have run before, and
 * either the version that it replaced was condemned, or another version was condemned before the next deployment began.
 */
function bringsBackGood(all: readonly Rollout[], at: number, entries: readonly Entry[]): boolean {
  const { revision, startedAt } = all[at] ?? {};
  if (revision == null || startedAt === undefined) return false;
  const before = all.slice(at + 1);
  if (!before.some((one) => one.revision === revision && one.state === 'completed')) return false;
  const replaced = before.find((one) => one.revision !== revision)?.revision;
  const next = all[at - 1]?.startedAt;
  return condemnedIn(entries).some(({ revision: { id }, condemnedAt }) => {
    if (id === revision) return false;
    const isAtItsEnd = isAfter(condemnedAt, startedAt) && !(next && isAfter(condemnedAt, next));
    return id === replaced || isAtItsEnd;
  });
}
