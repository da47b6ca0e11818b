import { isBefore, type Blame } from '../rollback/blame.ts';
import { amongOnes, asOne } from '../rollback/first-seen.ts';
import type { Deployment, Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { rolloutsIn, type Condemnation, type Rollout, type Stretch } from '../rollback/rollouts.ts';
import { isAfter } from '../rollback/time.ts';
import { condemnedIn, provenIn } from './among.ts';
import type { Entry } from './ledger.ts';

/**
 * A stretch of time in which traffic was divided in one way, with the same content behind each side. Blue and green
 * take turns, so the division alone would condemn green for good after one bad release. AWS keeps no history of
 * divisions. The ledger does.
 */
export interface Run {
  /** Time of its first observation. */
  readonly since: Instant;
  /** The sight before that, at which traffic was divided in another way. Absent: unknown. */
  readonly notBefore?: Instant;
}

/** How one kind of target divides its traffic. */
export interface Division<R extends Run> {
  /** Returns the id of the revision and of its deployment: the division, the content behind it, and `since`. */
  readonly write: (run: R) => string;
  /** Parses an id of `write`. Returns null for any other text. */
  readonly read: (text: string) => R | null;
  /** Returns the name for people. */
  readonly nameOf: (run: R) => string;
  /** Returns a text that is equal if the same shares went to the same sides, with the same content behind them. */
  readonly contentOf: (run: R) => string;
  /** Says whether the division is the same, and no side is known to have had other content. */
  readonly mayBeSame: (one: R, other: R) => boolean;
  /** Says whether users would be served alike, whatever the numbers, as far as the content is known. */
  readonly mayServeAlike: (one: R, other: R) => boolean;
  /** Says whether a run has no more information than another of the same division. */
  readonly isSaidBy: (run: R, other: R) => boolean;
  /** Says whether the content behind each side is known. */
  readonly isKnown: (run: R) => boolean;
  /** Returns the fields of a run's stretch that do not come from the ledger. */
  readonly sidesOf: (run: R) => Pick<Stretch, 'shares' | 'isWhole' | 'isDone'>;
}

/**
 * A change is taken to be at most this much older than its first observation, if no sight before is recorded. That is so
 * for what the sweep recorded before it kept its sights, as it looked each minute, and for the first sight of a target.
 */
const UNSEEN_SECONDS = 60;

/** Returns the revision that a run is. */
export function toRevision<R extends Run>(division: Division<R>, run: R): Revision {
  return { id: division.write(run), name: division.nameOf(run) };
}

/** Returns the runs in the ledger, newest first. */
export function runsIn<R extends Run>({ read }: Division<R>, entries: readonly Entry[]): readonly R[] {
  const runs = entries.flatMap((entry) => {
    const isObserved = 'deployment' in entry;
    const run = read(isObserved ? entry.deployment : entry.revision.id);
    if (run === null) return [];
    return isObserved && entry.notBefore !== undefined ? { ...run, notBefore: entry.notBefore } : run;
  });
  return runs.toSorted((one, other) => Date.parse(other.since) - Date.parse(one.since));
}

/** Returns the runs without repetitions: one run may have two first observations. */
export function asOneEach<R extends Run>(division: Division<R>, runs: readonly R[]): readonly R[] {
  return asOne(runs, (one, other) => division.mayBeSame(one, other));
}

/**
 * Returns the present run: the newest known one, if it may be the same. Otherwise it began after the last sweep, and
 * `now` is its first observation.
 */
export function currentRun<R extends Run>(division: Division<R>, runs: readonly R[], now: R): R {
  const [newest] = runs;
  return newest !== undefined && division.mayBeSame(newest, now) ? newest : now;
}

/** Returns the present run for the sweep. A run about which more is known now begins anew, and is proven as such. */
export function reconciledRun<R extends Run>(division: Division<R>, runs: readonly R[], now: R): R {
  const [newest] = runs;
  return newest !== undefined && division.isSaidBy(now, newest) ? newest : now;
}

/**
 * Returns the sight before a run. If it is unknown, the last record of another division is certainly no later than the
 * change. None for a run that may have been recorded already, and for the first one.
 */
export function sightBeforeRun<R extends Run>(
  { mayBeSame }: Division<R>,
  runs: readonly R[],
  now: R,
  before: Instant | null,
): Pick<Run, 'notBefore'> {
  if (before !== null) return { notBefore: before };
  const [newest] = runs;
  return newest === undefined || mayBeSame(newest, now) ? {} : { notBefore: newest.since };
}

/**
 * Returns the last deployments, newest first. None without earlier runs: then the start of the present one is not
 * known.
 */
export function rolloutsOf<R extends Run>(
  division: Division<R>,
  current: R,
  runs: readonly R[],
  entries: readonly Entry[],
): readonly Rollout[] {
  if (runs.length === 0) return [];
  const all = runs[0] === current ? runs : [current, ...runs];
  const proven = provenRuns(division, entries).map((run) => division.write(amongOnes(runs, run)));
  return rolloutsIn(stretchesOf(division, all, new Set(proven)), {
    unseenSeconds: UNSEEN_SECONDS,
    condemned: condemnationsIn(division, entries),
  });
}

function condemnationsIn<R extends Run>(
  { read, contentOf }: Division<R>,
  entries: readonly Entry[],
): readonly Condemnation[] {
  return condemnedIn(entries).flatMap(({ revision, condemnedAt }) => {
    const run = read(revision.id);
    return run === null ? [] : [{ content: contentOf(run), at: condemnedAt }];
  });
}

/**
 * Joins runs into stretches. A run that was recorded again with more information is one stretch with its first record.
 * So are runs that serve alike with other numbers.
 */
function stretchesOf<R extends Run>(
  division: Division<R>,
  runs: readonly R[],
  proven: ReadonlySet<string>,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let last: R | null = null;
  for (const run of runs.toReversed()) {
    const before = last !== null && isOneWith(division, last, run) ? stretches.pop() : undefined;
    const isProven = proven.has(division.write(run)) || before?.isProven === true;
    stretches.push({ ...toStretch(division, run), isProven, ...sightsOf(before ?? run) });
    last = run;
  }
  return stretches.toReversed();
}

function isOneWith<R extends Run>(division: Division<R>, last: R, run: R): boolean {
  if (division.mayBeSame(last, run)) return !division.isSaidBy(run, last);
  return division.contentOf(last) === division.contentOf(run);
}

function toStretch<R extends Run>(division: Division<R>, run: R): Omit<Stretch, 'isProven' | keyof Run> {
  const revision = toRevision(division, run);
  const isHidden = division.isKnown(run) ? {} : { isHidden: true as const };
  return {
    id: revision.id,
    revision,
    content: division.contentOf(run),
    ...isHidden,
    ...division.sidesOf(run),
  };
}

function sightsOf({ since, notBefore }: Run): Run {
  return { since, ...(notBefore !== undefined && { notBefore }) };
}

/** The blamed deployment, with the last deployments. */
export interface Accusation {
  readonly blame: Blame | null;
  readonly recent: readonly Deployment[];
}

/** A run that may be the last known good. */
export interface ProvenRun<R extends Run> {
  readonly run: R;
  /** True if the same run was at fault after it was proven, with the same content as far as AWS shows it. */
  readonly isBlamedSince?: true;
}

/**
 * Returns the proven runs, newest first and each once. Leaves out runs that serve like the one at fault, and runs after
 * it. A run may be proven by the id that the sweep gave it, and condemned by that of a plan.
 */
export function provenRunsIn<R extends Run>(
  division: Division<R>,
  { entries, runs, present }: { entries: readonly Entry[]; runs: readonly R[]; present: R },
  { blame, recent }: Accusation,
  limit: number,
): readonly ProvenRun<R>[] {
  const condemned = runsOf(division, condemnedIn(entries)).map((run) => amongOnes(runs, run));
  const atFault = (blame === null ? null : division.read(blame.suspect.revision.id)) ?? present;
  const proven = provenRuns(division, entries).filter(
    (run) =>
      !division.mayServeAlike(run, atFault) &&
      !isCondemned(division, amongOnes(runs, run), condemned) &&
      (blame === null || isBefore({ content: division.contentOf(run), since: run.since }, blame, recent)),
  );
  const isAgain = (later: R, run: R) => isAfter(later.since, run.since) && division.mayServeAlike(later, run);
  return proven
    .filter((run, at) => proven.findIndex((other) => division.mayBeSame(other, run)) === at)
    .slice(0, limit)
    .map((run) => ({ run, ...(condemned.some((one) => isAgain(one, run)) && { isBlamedSince: true }) }));
}

/**
 * Says whether a run is condemned. A condemned division may be good with other content; with the same content it is
 * not.
 */
export function isCondemned<R extends Run>(division: Division<R>, run: R, condemned: readonly R[]): boolean {
  const isKnown = division.isKnown(run);
  return condemned.some(
    (one) =>
      division.write(one) === division.write(run) ||
      (isKnown && division.contentOf(one) === division.contentOf(run)),
  );
}

function provenRuns<R extends Run>(division: Division<R>, entries: readonly Entry[]): readonly R[] {
  return runsOf(division, provenIn(entries));
}

export function runsOf<R extends Run>(
  { read }: Division<R>,
  entries: readonly { readonly revision: Revision }[],
): readonly R[] {
  return entries.flatMap(({ revision }) => read(revision.id) ?? []);
}
