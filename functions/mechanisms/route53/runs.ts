import type { Entry } from '../../../src/ledger/ledger.ts';
import { asOne } from '../../../src/rollback/first-sight.ts';
import type { Deployment, Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import { isSame, nameWeights, readWeights, writeWeights, type Weights } from './weights.ts';

/**
 * A stretch of time with one set of weights. What stands behind the records changes without DNS knowing, and blue and
 * green take turns: the weights alone would condemn green for good after one bad release.
 */
export interface Run {
  readonly weights: Weights;
  /** When it was first seen. */
  readonly since: Instant;
}

/** The sweep looks once a minute, so a change is about this much older than its first sight. */
const UNSEEN_SECONDS = 60;

/** `blue=255 green=0 since 2026-11-22T03:04:00.000Z`: id of the revision, and of its deployment. */
export function writeRun({ weights, since }: Run): string {
  return `${writeWeights(weights)} since ${since}`;
}

export function readRun(text: string): Run | null {
  const [, written = '', since = ''] = /^(.+) since (\S+)$/.exec(text) ?? [];
  const weights = readWeights(written);
  return weights === null || Number.isNaN(Date.parse(since)) ? null : { weights, since };
}

export function toRevision(run: Run): Revision {
  return { id: writeRun(run), name: nameWeights(run.weights) };
}

/** The runs that the ledger knows of, newest first. */
export function runsIn(entries: readonly Entry[]): readonly Run[] {
  const ids = entries.map((entry) => (entry.state === 'candidate' ? entry.deployment : entry.revision.id));
  const runs = ids.flatMap((id) => readRun(id) ?? []);
  return runs.toSorted((one, other) => Date.parse(other.since) - Date.parse(one.since));
}

/** The same without those that were first seen twice. */
export function asOneEach(runs: readonly Run[]): readonly Run[] {
  return asOne(runs, (one, other) => isSame(one.weights, other.weights));
}

/** The run that goes on now: the newest known one, if it has these weights; else one that begins with this first sight. */
export function currentRun(runs: readonly Run[], weights: Weights, now: Instant): Run {
  const [newest] = runs;
  return newest !== undefined && isSame(newest.weights, weights) ? newest : { weights, since: now };
}

/** Route 53 keeps no history. Null where nothing was seen before: then nobody knows when these weights came. */
export function deploymentOf(current: Run, entries: readonly Entry[]): Deployment | null {
  if (entries.length === 0) return null;
  return {
    id: writeRun(current),
    state: 'completed',
    startedAt: after(current.since, -UNSEEN_SECONDS),
    finishedAt: current.since,
    revision: toRevision(current),
    isRollback: isWayBack(current, entries),
  };
}

/** What was condemned after the present run began is what that took the place of, unless it is the present run. */
function isWayBack(current: Run, entries: readonly Entry[]): boolean {
  return entries.some((entry) => {
    if (entry.state !== 'condemned' || !isAfter(entry.condemnedAt, current.since)) return false;
    const run = readRun(entry.revision.id);
    return run !== null && !isSame(run.weights, current.weights);
  });
}
