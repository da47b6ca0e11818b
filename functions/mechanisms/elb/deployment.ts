import type { Entry } from '../../../src/ledger/ledger.ts';
import { amongOnes } from '../../../src/rollback/first-sight.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { rolloutsIn, type Condemnation, type Rollout, type Stretch } from '../../../src/rollback/rollouts.ts';
import { isSaidBy, mayBeSame, readRun, toRevision, writeRun, type Run } from './runs.ts';
import { isWhole, writeContent, type Split } from './split.ts';

/** The sweep looks once a minute, so a change is at most this much older than its first sight. */
const UNSEEN_SECONDS = 60;

/**
 * What runs now. Where the ledger has other runs and not this one, it began after the sweep's last look: `now` is then
 * its first sight.
 */
export function currentRun(runs: readonly Run[], split: Split, now: Instant): Run {
  const [newest] = runs;
  return newest !== undefined && mayBeSame(newest.split, split) ? newest : { split, since: now };
}

/** The same as the sweep records it: a run of which more is known than before begins anew, and is proven with that. */
export function sweptRun(runs: readonly Run[], split: Split, now: Instant): Run {
  const [newest] = runs;
  return newest !== undefined && isSaidBy(split, newest.split) ? newest : { split, since: now };
}

/**
 * The last deployments, newest first. AWS keeps no history of weights: they are told from the runs that the sweep saw. The
 * steps of a rollout are one deployment. None where nothing was ever seen before, because nobody knows when that came.
 */
export function rolloutsOf(
  current: Run,
  runs: readonly Run[],
  entries: readonly Entry[],
  arn: string,
): readonly Rollout[] {
  if (runs.length === 0) return [];
  const all = runs[0] === current ? runs : [current, ...runs];
  const proven = entries.flatMap((entry) =>
    entry.state === 'proven' ? (readRun(entry.revision.id, arn) ?? []) : [],
  );
  const ids = new Set(proven.map((run) => writeRun(amongOnes(runs, run))));
  return rolloutsIn(stretchesOf(all, ids), {
    unseenSeconds: UNSEEN_SECONDS,
    condemned: condemnedIn(entries, arn),
  });
}

function condemnedIn(entries: readonly Entry[], arn: string): readonly Condemnation[] {
  return entries.flatMap((entry) => {
    if (entry.state !== 'condemned') return [];
    const run = readRun(entry.revision.id, arn);
    return run === null ? [] : [{ content: writeContent(run.split), at: entry.condemnedAt }];
  });
}

/** A run that was seen again with more known of it is one stretch: what it was recorded as before says less. */
function stretchesOf(runs: readonly Run[], proven: ReadonlySet<string>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let last: Run | null = null;
  for (const run of runs.toReversed()) {
    const isOne = last !== null && mayBeSame(last.split, run.split) && !isSaidBy(run.split, last.split);
    const before = isOne ? stretches.pop() : undefined;
    const isProven = proven.has(writeRun(run)) || before?.isProven === true;
    stretches.push({ ...toStretch(run), isProven, ...(before !== undefined && { since: before.since }) });
    last = run;
  }
  return stretches.toReversed();
}

function toStretch(run: Run): Omit<Stretch, 'isProven'> {
  const { split, since } = run;
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  return {
    since,
    id: writeRun(run),
    revision: toRevision(run),
    content: writeContent(split),
    shares: Object.fromEntries(
      split.map(({ targetGroup, weight, behind = '' }) => [`${targetGroup}@${behind}`, weight / sum]),
    ),
    isWhole: isWhole(split),
    isDone: isWhole(split),
  };
}

/** The target group in the key of a side. */
export function groupIn(side: string): string {
  return side.slice(0, side.lastIndexOf('@'));
}
