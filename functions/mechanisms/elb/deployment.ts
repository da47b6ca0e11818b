import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import { isSame, readRun, runningNow, toRevision, writeRun, type Run } from './runs.ts';
import { isWhole, type Split } from './split.ts';

/** The sweep looks once a minute, so a change is at most this much older than its first sight. */
const UNSEEN_SECONDS = 60;

/**
 * What runs now. Where the ledger has other runs and not this one, it began after the sweep's last look: `now` is then
 * its first sight.
 */
export function currentRun(runs: readonly Run[], split: Split, now: Instant): Run {
  return runningNow(runs, split) ?? { split, since: now };
}

/**
 * AWS keeps no history of weights. The newest deployment is the present division of traffic, and the steps of the
 * rollout that led to it; null where nothing was ever seen before it, because then nobody knows when it came.
 */
export function deploymentOf(
  current: Run,
  runs: readonly Run[],
  entries: readonly Entry[],
  arn: string,
): Deployment | null {
  if (runs.length === 0) return null;
  const earlier = runs.filter(({ since }) => isAfter(current.since, since));
  const lastWhole = earlier.findIndex(({ split }) => isWhole(split));
  const steps = lastWhole < 0 ? earlier : earlier.slice(0, lastWhole);
  const first = steps.at(-1) ?? current;
  return {
    id: writeRun(current),
    state: isWhole(current.split) ? 'completed' : 'in-flight',
    startedAt: after(first.since, -UNSEEN_SECONDS),
    ...(isWhole(current.split) && { finishedAt: current.since }),
    revision: toRevision(current),
    isRollback: isWayBack(current, entries, arn),
  };
}

/** What was condemned after the present run began is what that took the place of, unless it is the present run. */
function isWayBack(current: Run, entries: readonly Entry[], arn: string): boolean {
  return entries.some((entry) => {
    if (entry.state !== 'condemned' || !isAfter(entry.condemnedAt, current.since)) return false;
    const run = readRun(entry.revision.id, arn);
    return run !== null && !isSame(run.split, current.split);
  });
}
