import type { AlarmNow } from './facts.ts';
import { isPast, type Gauge, type Limit } from './gauge.ts';
import type { Harm } from './harm.ts';
import type { Instant } from './request.ts';
import { after, isAfter } from './time.ts';

/** The instants that separate before from since. */
export interface Bounds {
  /** Nothing had been written by then. */
  readonly untouched: Instant;
  readonly settled: Instant;
  /** Datapoints of periods that ended later may still come. */
  readonly complete: Instant;
}

/** The harm just before the way back is that of so many periods. More would hold its beginning. */
export const PERIODS_BEFORE = 5;

/** The first period past the limit may hold the harm for a part of it only, and then seems mild. */
const MIN_BREACHES = 2;

/**
 * From this share on the harm is about what it was. Ten errors a minute stray by a seventh over five minutes. A way back
 * that took away more than a fifth did help, which speaks against the release.
 */
const ALIKE_FROM = 0.8;

/**
 * Users are clearly worse off where each of the last periods is twice as bad as the worst before. Chance does not double
 * the worst of five minutes three times in a row, and an outage is more than twice as bad as 40 % errors.
 */
const WORSE_FROM = 2;

/** Tasks warm up, caches fill and connections drain in the first minutes after a way back settled. */
const WARM_UP_SECONDS = 120;

/** A restart, or a burst of errors that were counted late, lasts less. */
const LASTING_SECONDS = 180;

/** One long period alone may hold such a moment. */
const MIN_PERIODS_SINCE = 2;

/** Before so long after the way back settled, no harm since can be compared. */
export const COMPARABLE_AFTER_SECONDS = WARM_UP_SECONDS + LASTING_SECONDS;

/**
 * Users are worse off with more of these, and perhaps of the metrics of an application. Answers may be slow until caches are
 * full, and a processor busier.
 */
const FELT: readonly AlarmNow['metric'][] = ['errorRate', 'errors', undefined];

interface Period {
  readonly at: Instant;
  readonly until: Instant;
  /** How bad it was; 0 is no harm. Minus infinity: it has no value. So silence never clears a release. */
  readonly badness: number;
  readonly isPast: boolean;
}

/**
 * Compares the harm before the way back with that since. Null: unknown, because the metric has no limit, did not pass it
 * before, or has too few whole periods. So it is while a backlog is worked off.
 */
export function harmIn(gauge: Gauge, bounds: Bounds): Harm | null {
  const { limit, measures: of, unit, series } = gauge;
  if (limit === undefined) return null;
  const { before, since } = splitAt(bounds, periodsOf(series, limit));
  if (isWorkedOff(gauge, limit, since)) return null;
  const wanted = Math.max(MIN_PERIODS_SINCE, Math.ceil(LASTING_SECONDS / series.periodSeconds));
  const last = since.slice(-wanted);
  const isWorse = isFelt(gauge, limit) && areWorse(last, before, bounds);
  const [first] = isWorse ? last : since;
  const now = middleOf(isWorse ? last : since, Math.floor);
  const usual = usualIn(before);
  if (first === undefined || last.length < wanted || ![usual, now].every(Number.isFinite)) return null;
  const isAlike = isPast(asBadness(now, limit), limit) && now >= ALIKE_FROM * usual;
  return {
    ...{ of, unit, before: asBadness(usual, limit), now: asBadness(now, limit), since: first.at },
    is: isWorse ? 'worse' : isAlike ? 'alike' : 'less',
  };
}

function periodsOf({ start, periodSeconds, values }: Gauge['series'], limit: Limit): readonly Period[] {
  return values.map((value, index) => {
    const at = after(start, index * periodSeconds);
    return {
      ...{ at, until: after(at, periodSeconds) },
      badness: value === null ? -Infinity : asBadness(value, limit),
      isPast: value !== null && isPast(value, limit),
    };
  });
}

/** Returns how bad a value is. The value that is so bad is found in the same way. */
function asBadness(value: number, { value: limit, breaches }: Limit): number {
  return breaches === 'above' ? value : limit - value;
}

function splitAt({ untouched, settled, complete }: Bounds, periods: readonly Period[]) {
  return {
    before: periods.filter(({ until }) => !isAfter(until, untouched)).slice(-PERIODS_BEFORE),
    since: periods.filter(({ at, until }) => !isAfter(settled, at) && !isAfter(until, complete)),
  };
}

/** Returns how bad it was in the middle of the periods past the limit. An even number of them rounds up: in doubt it helped. */
function usualIn(before: readonly Period[]): number {
  const past = before.filter((one) => one.isPast);
  return past.length < MIN_BREACHES ? -Infinity : middleOf(past, Math.ceil);
}

function middleOf(periods: readonly Period[], round: (index: number) => number): number {
  const sorted = periods.map(({ badness }) => badness).toSorted((one, other) => one - other);
  const [middle = -Infinity] = sorted.slice(round((sorted.length - 1) / 2));
  return middle;
}

function isFelt({ metric }: Gauge, { breaches }: Limit): boolean {
  return breaches === 'above' && FELT.includes(metric);
}

/**
 * Says whether a metric of an application falls from each period to the next, as the length or age of a queue. A bad release
 * leaves a backlog behind, which is large until the good one has worked it off.
 */
function isWorkedOff({ metric }: Gauge, { breaches }: Limit, since: readonly Period[]): boolean {
  if (metric !== undefined || breaches !== 'above') return false;
  const lately = since.slice(-PERIODS_BEFORE).map(({ badness }) => badness);
  return lately.every((badness, index) => badness < Math.min(...lately.slice(0, index)));
}

/** Says whether the last periods are worse for good: long after the way back settled, each of them, and the newest too. */
function areWorse(last: readonly Period[], before: readonly Period[], { settled }: Bounds): boolean {
  const worstBefore = Math.max(...before.map(({ badness }) => badness));
  const worst = Math.max(...last.map(({ badness }) => badness));
  const warm = after(settled, WARM_UP_SECONDS);
  const isEach = last.every(({ at, badness }) => !isAfter(warm, at) && badness >= WORSE_FROM * worstBefore);
  return isEach && last.slice(-1).every(({ badness }) => badness >= ALIKE_FROM * worst);
}
