import type { Series } from '../../rollback/facts.ts';
import { median } from '../../rollback/clues/levels.ts';
import type { Instant } from '../../rollback/request.ts';
import { after, isAfter } from '../../rollback/time.ts';
import type { Look, Minutes } from '../document.ts';

/** One minute of one side, or of the whole target. */
export interface Minute {
  readonly at: Instant;
  readonly requests: number;
  readonly errors: number;
  /** p95 in seconds; null: no request was answered. */
  readonly latency: number | null;
}

/** A minute with both sides. */
export interface SharedMinute {
  readonly at: Instant;
  readonly newer: Minute;
  readonly older: Minute;
  /** The older side in the minute before. */
  readonly before?: Minute;
  /** Traffic moved to the newer side within it. So most of the newer side's requests came later than the older side's. */
  readonly isShift: boolean;
}

/** A newest minute with less than this share of the requests of the minute before may still be incomplete. */
const WHOLE_SHARE = 0.8;

/** A minute counts in any case from this long after its end (functions/verify/minute.ts). Unknown: late-metrics. */
const LATE_SECONDS = 60;

/** Returns the minutes of one side in order. Empty: they were not measured. */
export function minutesOf(all: readonly Minutes[], of: Minutes['of']): readonly Minute[] {
  const found = all.find((one) => one.of === of);
  if (found?.requests == null) return [];
  const { requests, errors, latency } = found;
  return requests.values.map((value, index) => ({
    at: after(requests.start, index * requests.periodSeconds),
    requests: value ?? 0,
    errors: valueAt(errors, index) ?? 0,
    latency: valueAt(latency, index),
  }));
}

function valueAt(series: Series | null, index: number): number | null {
  return series?.values[index] ?? null;
}

/**
 * Returns how many minutes are whole, by the sum of all sides. A load balancer publishes the newest minute in parts, so
 * it counts once it is about as large as the one before. Unknown: partial-minute.
 */
export function wholeCount(sides: readonly (readonly Minute[])[], now: Instant): number {
  const length = Math.max(0, ...sides.map((minutes) => minutes.length));
  const sums = Array.from({ length }, (_, index) =>
    sides.reduce((sum, one) => sum + (one[index]?.requests ?? 0), 0),
  );
  let whole = length;
  while (whole > 0 && !isWhole(sums, whole - 1, sides, now)) whole -= 1;
  return whole;
}

function isWhole(
  sums: readonly number[],
  index: number,
  sides: readonly (readonly Minute[])[],
  now: Instant,
): boolean {
  const at = sides.map((one) => one[index]?.at).find((instant) => instant !== undefined);
  if (at === undefined) return false;
  if (Date.parse(now) - Date.parse(at) >= (60 + LATE_SECONDS) * 1000) return true;
  const before = sums[index - 1] ?? 0;
  return before > 0 && (sums[index] ?? 0) >= WHOLE_SHARE * before;
}

/**
 * Returns the minutes in which both sides took traffic at the same time: also in the minute before, or while AWS divides
 * the traffic. In the minute of a shift that moves all traffic at once, the sides follow each other, and are no control.
 * @param dividedUntil until when AWS is known to divide the traffic. Null: it is not known to
 */
export function sharedMinutes(
  newer: readonly Minute[],
  older: readonly Minute[],
  dividedUntil: Instant | null,
): readonly SharedMinute[] {
  return newer.flatMap((minute, index) => {
    const other = older[index];
    const [before, otherBefore] = [newer[index - 1], older[index - 1]];
    const isDivided = dividedUntil !== null && !isAfter(after(minute.at, 60), dividedUntil);
    const all = isDivided ? [minute, other] : [minute, other, before, otherBefore];
    const both = all.every((one) => (one?.requests ?? 0) > 0);
    if (!both || other === undefined) return [];
    const isShift = isShiftBetween([before, otherBefore], [minute, other]);
    return [
      { at: minute.at, newer: minute, older: other, isShift, ...(otherBefore && { before: otherBefore }) },
    ];
  });
}

/** A share of the traffic that changes by less is chance, or too little to matter. */
const SHIFTED = { part: 0.1, deviations: 3 } as const;

type Pair = readonly [newer: Minute | undefined, older: Minute | undefined];

function isShiftBetween(one: Pair, other: Pair): boolean {
  const [[before, all], [share, requests]] = [shareIn(one), shareIn(other)];
  const most = Math.max(before, share);
  const variance = most * (1 - most) * (1 / Math.max(1, all) + 1 / Math.max(1, requests));
  const least = Math.max(SHIFTED.part * most, SHIFTED.deviations * Math.sqrt(variance));
  return Math.abs(share - before) > least;
}

/** Returns the share of the newer side, and the requests of both. */
function shareIn([newer, older]: Pair): readonly [share: number, requests: number] {
  const all = (newer?.requests ?? 0) + (older?.requests ?? 0);
  return [all === 0 ? 0 : (newer?.requests ?? 0) / all, all];
}

/** The whole minutes of both sides and of the whole target. */
export interface WholeMinutes {
  readonly newer: readonly Minute[];
  readonly older: readonly Minute[];
  readonly whole: readonly Minute[];
}

/** Returns the minutes that are whole. */
export function wholeMinutes(all: readonly Minutes[], readAt: Instant): WholeMinutes {
  const [newer, older, whole] = [minutesOf(all, 'newer'), minutesOf(all, 'older'), minutesOf(all, 'whole')];
  const count = wholeCount(whole.length === 0 ? [newer, older] : [whole], readAt);
  return { newer: newer.slice(0, count), older: older.slice(0, count), whole: whole.slice(0, count) };
}

/** Returns the newest whole minute with requests. Undefined: there is none. */
export function newestMinute({ minutes = [], minutesAt }: Partial<Look> = {}): Instant | undefined {
  if (minutesAt === undefined) return undefined;
  return Object.values(wholeMinutes(minutes, minutesAt))
    .flatMap((of: readonly Minute[]) => of.filter(({ requests }) => requests > 0))
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
}

/** The usual share of errors and p95. */
export interface Usual {
  readonly share: number;
  readonly latency: number | null;
}

/** Returns what is usual, over minutes before the deployment. Null: too few had requests. */
export function usualOf(minutes: readonly Minute[]): Usual | null {
  const some = minutes.filter(({ requests }) => requests > 0);
  if (some.length < 3) return null;
  const latencies = some.flatMap(({ latency }) => latency ?? []);
  return {
    share: median(some.map(({ requests, errors }) => errors / requests)),
    latency: latencies.length === 0 ? null : median(latencies),
  };
}
