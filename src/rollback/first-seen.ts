import type { Instant } from './request.ts';
import { secondsBetween } from './time.ts';

/**
 * A stretch of time in which a target stayed as it was, where AWS keeps no history: it is known by what it is and by when
 * it was first seen.
 */
interface Run {
  readonly since: Instant;
}

/** The sweep looks once a minute, and a look may be late by as much. */
const APART_SECONDS = 120;

/**
 * The runs without those that were first seen twice. A plan that comes before the sweep names a run by its own claim, and
 * writes nothing; the sweep then names it by its own look. The same within two minutes, and nothing else between, is one
 * run, since it was seen first. Both lists are newest first.
 */
export function asOne<R extends Run>(
  runs: readonly R[],
  isSame: (one: R, other: R) => boolean,
): readonly R[] {
  const kept: R[] = [];
  for (const run of runs.toReversed()) {
    const last = kept.at(-1);
    const isLast = last !== undefined && isSame(last, run);
    if (!isLast || secondsBetween(last.since, run.since) > APART_SECONDS) kept.push(run);
  }
  return kept.toReversed();
}

/** What `asOne` made of one of the runs it was given. */
export function amongOnes<R extends Run>(ones: readonly R[], run: R): R {
  return ones.find(({ since }) => secondsBetween(since, run.since) >= 0) ?? run;
}

const SINCE = / since \d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The id of such a run without its instant, which differs with who looked; any other id is as it is. */
export function withoutSince(id: string): string {
  return id.replace(SINCE, '');
}
