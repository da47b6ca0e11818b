import type { Entry } from '../../../src/ledger/ledger.ts';
import { amongOnes, asOne } from '../../../src/rollback/first-sight.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { rolloutsIn, type Condemnation, type Rollout, type Stretch } from '../../../src/rollback/rollouts.ts';
import { behindIn, compare, type Behind } from './behind.ts';
import { isSame, nameWeights, readWeight, sharesOf, weightIn, writeWeight, type Weights } from './weights.ts';

/**
 * A stretch of time with one set of weights and the same behind each record. Blue and green take turns: the weights alone
 * would condemn green for good after one bad release.
 */
export interface Run {
  readonly weights: Weights;
  /** Of the records that answer. One that is left out: not known. */
  readonly behind: Behind;
  /** When it was first seen. */
  readonly since: Instant;
}

/** The sweep looks once a minute, so a change is about this much older than its first sight. */
const UNSEEN_SECONDS = 60;

/** `blue=255@1f0c22ab green=0 since 2026-11-22T03:04:00.000Z`: id of the revision, and of its deployment. */
export function writeRun(run: Run): string {
  const answers = serving(run);
  const parts = Object.keys(run.weights).map((id) => {
    const stands = answers.includes(id) ? behindIn(run.behind, id) : undefined;
    return `${writeWeight(id, weightIn(run.weights, id))}${stands === undefined ? '' : `@${stands}`}`;
  });
  return `${parts.toSorted().join(' ')} since ${run.since}`;
}

export function readRun(text: string): Run | null {
  const [, written = '', since = ''] = /^(.+) since (\S+)$/.exec(text) ?? [];
  const parts = written.split(' ').map(readPart);
  const found = parts.flatMap((part) => part ?? []);
  const weights = Object.fromEntries(found.map(({ id, weight }) => [id, weight]));
  const isWhole = found.length === parts.length && Object.keys(weights).length === parts.length;
  if (!isWhole || Number.isNaN(Date.parse(since))) return null;
  const behind = found.flatMap(({ id, stands }) => (stands === undefined ? [] : [[id, stands] as const]));
  return { weights, behind: Object.fromEntries(behind), since };
}

function readPart(text: string) {
  const [, written = '', stands] = /^([^@]+)(?:@([0-9a-f]{8}(?:\.[0-9a-f]{12})?))?$/.exec(text) ?? [];
  const found = readWeight(written);
  return found === null ? null : { ...found, ...(stands !== undefined && { stands }) };
}

export function toRevision(run: Run): Revision {
  return { id: writeRun(run), name: nameWeights(run.weights) };
}

/** The runs that the ledger knows of, newest first. */
export function runsIn(entries: readonly Entry[]): readonly Run[] {
  const ids = entries.map((entry) => ('deployment' in entry ? entry.deployment : entry.revision.id));
  const runs = ids.flatMap((id) => readRun(id) ?? []);
  return runs.toSorted((one, other) => Date.parse(other.since) - Date.parse(one.since));
}

/** The same without those that were first seen twice. */
export function asOneEach(runs: readonly Run[]): readonly Run[] {
  return asOne(runs, mayBeSame);
}

type Known = Omit<Run, 'since'>;

/** Whether the weights are the same, and nothing shows that something else stood behind a record. */
export function mayBeSame(one: Known, other: Known): boolean {
  return isSame(one.weights, other.weights) && serving(one).every((id) => mayStandBehind(id, one, other));
}

/** Whether nothing shows that something else stood behind a record. */
export function mayStandBehind(id: string, one: Known, other: Known): boolean {
  return ['same', 'unknown'].includes(compare(behindIn(one.behind, id), behindIn(other.behind, id)));
}

/** Whether a run says no more than another of the same weights: of each record what stands behind it, or less. */
export function isSaidBy(run: Known, other: Known): boolean {
  const saysNoMore = (id: string) =>
    (behindIn(other.behind, id) ?? '').startsWith(behindIn(run.behind, id) ?? '');
  return mayBeSame(run, other) && serving(run).every(saysNoMore);
}

/** Set identifiers of the records that answer. */
export function serving({ weights }: Pick<Run, 'weights'>): readonly string[] {
  const shares = sharesOf(weights);
  return Object.keys(shares).filter((id) => weightIn(shares, id) > 0);
}

/** The run that goes on now: the newest known one, if it may be this; else one that begins with this first sight. */
export function currentRun(runs: readonly Run[], now: Run): Run {
  const [newest] = runs;
  return newest !== undefined && mayBeSame(newest, now) ? newest : now;
}

/** The same as the sweep records it: a run of which more is known than before begins anew, and is proven with that. */
export function sweptRun(runs: readonly Run[], now: Run): Run {
  const [newest] = runs;
  return newest !== undefined && isSaidBy(now, newest) ? newest : now;
}

/** What the answers are, whatever the numbers: equal proportions, and the same behind each record that answers. */
export function contentOf(run: Run): string {
  return Object.entries(sidesOf(run))
    .map(([side, share]) => `${side}=${share}`)
    .toSorted()
    .join(' ');
}

/** The share of each side that answers. What stands behind it is part of its key. */
function sidesOf(run: Run): Readonly<Record<string, number>> {
  const shares = sharesOf(run.weights);
  return Object.fromEntries(
    serving(run).map((id) => [
      `${encodeURIComponent(id)}@${behindIn(run.behind, id) ?? ''}`,
      weightIn(shares, id),
    ]),
  );
}

/** Route 53 keeps no history. None where nothing was seen before: then nobody knows when these weights came. */
export function rolloutsOf(
  current: Run,
  runs: readonly Run[],
  entries: readonly Entry[],
): readonly Rollout[] {
  if (runs.length === 0) return [];
  const all = runs[0] === current ? runs : [current, ...runs];
  const proven = entries.flatMap((entry) =>
    entry.state === 'proven' ? (readRun(entry.revision.id) ?? []) : [],
  );
  const ids = new Set(proven.map((run) => writeRun(amongOnes(runs, run))));
  return rolloutsIn(stretchesOf(all, ids), {
    unseenSeconds: UNSEEN_SECONDS,
    condemned: condemnedIn(entries),
  });
}

function condemnedIn(entries: readonly Entry[]): readonly Condemnation[] {
  return entries.flatMap((entry) => {
    if (entry.state !== 'condemned') return [];
    const run = readRun(entry.revision.id);
    return run === null ? [] : [{ content: contentOf(run), at: entry.condemnedAt }];
  });
}

/**
 * A run that was seen again with more known of it is one stretch: what it was recorded as before says less. So are runs that
 * give the same answers by other numbers.
 */
function stretchesOf(runs: readonly Run[], proven: ReadonlySet<string>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let last: Run | null = null;
  for (const run of runs.toReversed()) {
    const before = last !== null && isOneWith(last, run) ? stretches.pop() : undefined;
    const isProven = proven.has(writeRun(run)) || before?.isProven === true;
    stretches.push({ ...toStretch(run), isProven, ...(before !== undefined && { since: before.since }) });
    last = run;
  }
  return stretches.toReversed();
}

function isOneWith(last: Run, run: Run): boolean {
  if (isSame(last.weights, run.weights)) return mayBeSame(last, run) && !isSaidBy(run, last);
  return contentOf(last) === contentOf(run);
}

/** A change of records is done the moment it is made. */
function toStretch(run: Run): Omit<Stretch, 'isProven'> {
  const shares = sidesOf(run);
  return {
    since: run.since,
    id: writeRun(run),
    revision: toRevision(run),
    content: contentOf(run),
    shares,
    isWhole: Object.keys(shares).length === 1,
    isDone: true,
  };
}

/** The set identifier in the key of a side. */
export function identifierIn(side: string): string {
  return decodeURIComponent(side.slice(0, side.lastIndexOf('@')));
}
