import type { Entry } from '../../../src/ledger/ledger.ts';
import { isProvenIn } from '../../../src/ledger/proven.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { knownAs } from './content.ts';
import type { TemplateVersion } from './ec2.ts';
import type { Results } from './results.ts';
import { namedRevision } from './revision.ts';
import { inOneList, refreshed, type Rollout } from './rollouts.ts';
import { recorded, unrefreshed } from './unrefreshed.ts';

/** The last deployments of a group, newest first: its refreshes, and what instances and the ledger show besides. */
export function historyOf(known: Results, entries: readonly Entry[], now: Instant): readonly Deployment[] {
  const rollouts = inOneList(unrefreshed(known, now), refreshed(known, now), recorded(entries));
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
  const { id, state, startedAt, finishedAt, revision, remains } = rollout;
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
    isRollback: rollout.isNative === true || bringsBackGood(all, at, entries),
    ...(remains && { remains }),
  };
}

/**
 * A refresh carries no mark of who started it. It is a way back when it deploys what ran before, and what it replaces was
 * condemned: before it began, or at its end and before anything else was deployed.
 */
function bringsBackGood(all: readonly Rollout[], at: number, entries: readonly Entry[]): boolean {
  const { revision, startedAt } = all[at] ?? {};
  if (revision == null || startedAt === undefined) return false;
  const before = all.slice(at + 1);
  if (!before.some((one) => one.revision === revision && one.state === 'completed')) return false;
  const replaced = before.find((one) => one.revision !== revision)?.revision;
  const next = all[at - 1]?.startedAt;
  return entries.some((entry) => {
    if (entry.state !== 'condemned' || entry.revision.id === revision) return false;
    const isAtItsEnd = isAfter(entry.condemnedAt, startedAt) && !(next && isAfter(entry.condemnedAt, next));
    return entry.revision.id === replaced || isAtItsEnd;
  });
}
