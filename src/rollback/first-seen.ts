import type { Instant } from './request.ts';
import { isAfter, secondsBetween } from './time.ts';

/**
 * A time during which a target did not change, where AWS keeps no history. Its content and its first observation
 * identify it.
 */
interface Run {
  readonly since: Instant;
  /** The sight before its first observation. Absent: unknown. */
  readonly notBefore?: Instant;
}

/** The sweep polls once a minute, and a poll may be a minute late. */
const APART_SECONDS = 120;

/**
 * Returns the runs without those that were observed twice. A plan that comes before the sweep dates a run by its own
 * input and writes nothing. The sweep then dates the same run by its own poll. Equal runs within two minutes, or with no
 * sight of the target between them, are one run since its first observation. Both lists are newest first.
 */
export function asOne<R extends Run>(
  runs: readonly R[],
  isSame: (one: R, other: R) => boolean,
): readonly R[] {
  const kept: R[] = [];
  for (const run of runs.toReversed()) {
    const last = kept.at(-1);
    if (last === undefined || !isSame(last, run) || !isSeenAgain(last, run)) kept.push(run);
    else kept[kept.length - 1] = withSight(last, run);
  }
  return kept.toReversed();
}

/** Says whether the target was not seen between two observations, or they are too close to tell. */
function isSeenAgain(one: Run, { since, notBefore }: Run): boolean {
  const isUnseen = notBefore !== undefined && !isAfter(notBefore, one.since);
  return isUnseen || secondsBetween(one.since, since) <= APART_SECONDS;
}

/** A plan does not always know the sight before it. The sweep does. */
function withSight<R extends Run>(first: R, { notBefore }: R): R {
  if (first.notBefore !== undefined || notBefore === undefined || isAfter(notBefore, first.since))
    return first;
  return { ...first, notBefore };
}

/** Returns the run that `asOne` kept for one of its input runs. */
export function amongOnes<R extends Run>(ones: readonly R[], run: R): R {
  return ones.find(({ since }) => secondsBetween(since, run.since) >= 0) ?? run;
}

const SINCE = / since \d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Returns the id of such a run without its instant, which depends on the observer. Any other id is unchanged. */
export function withoutSince(id: string): string {
  return id.replace(SINCE, '');
}
