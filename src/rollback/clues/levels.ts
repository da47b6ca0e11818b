import type { Measured, Series } from '../facts.ts';
import type { Instant } from '../request.ts';
import { after, secondsBetween } from '../time.ts';

/** One value a minute. `noise[k]` is how far it strays without a cause: a share of few requests proves little. */
export interface Level {
  readonly start: Instant;
  readonly values: readonly (number | null)[];
  readonly noise: readonly number[];
}

/** The usual level: the median of some minutes, and their spread. */
export interface Usual {
  readonly middle: number;
  readonly spread: number;
}

/** A minute is high from this many deviations on, which happens by chance once in thousands. */
const HIGH_DEVIATIONS = 4;

/** A rise below this share of the usual level hurts no user. */
const MIN_RISE = 0.25;

/** Fewer minutes do not show a usual level. */
const MIN_MINUTES = 5;

/** Converts a median deviation to the standard deviation of a normal distribution. */
const TO_DEVIATION = 1.4826;

export function levelOf({ start, values }: Series): Level {
  return { start, values, noise: values.map(() => 0) };
}

/** Returns the share of failed requests, from 0 to 1. A minute with requests and no error count has no errors. */
export function shareLevel(errors: Series | null, requests: Series): Level {
  const offset = errors === null ? 0 : secondsBetween(errors.start, requests.start) / requests.periodSeconds;
  const values = requests.values.map((count, at) =>
    count === null || count <= 0 ? null : Math.min(1, (errors?.values[at + offset] ?? 0) / count),
  );
  // Near zero, the deviation of a share is that of one error.
  const noise = requests.values.map((count) => (count === null || count <= 0 ? 1 : Math.sqrt(0.01 / count)));
  return { start: requests.start, values, noise };
}

/** Returns how far a minute strays without a cause. A minute outside the level does not stray. */
export function noiseAt({ noise }: Level, index: number): number {
  return noise[index] ?? 0;
}

export function indexAt({ start }: Level, at: Instant): number {
  return Math.floor(secondsBetween(start, at) / 60);
}

export function instantAt({ start }: Level, index: number): Instant {
  return after(start, index * 60);
}

/** Returns the values of a level from one index to before another; minutes without a value are left out. */
export function between({ values }: Level, from: number, to: number): readonly number[] {
  return values.slice(Math.max(0, from), Math.max(0, to)).filter((value) => value !== null);
}

/** Returns the usual level. Null: too few minutes have a value. */
export function usualOf(values: readonly number[]): Usual | null {
  if (values.length < MIN_MINUTES) return null;
  const middle = median(values);
  return { middle, spread: TO_DEVIATION * median(values.map((value) => Math.abs(value - middle))) };
}

/** Says whether a minute is clearly above the usual level. */
export function isHigh(level: Level, index: number, usual: Usual): boolean {
  const value = level.values[index];
  return value !== null && value !== undefined && riseOf(value, noiseAt(level, index), usual) >= 1;
}

/** Returns how far a value rose above the usual level; from 1 on the rise is clear. */
export function riseOf(value: number, noise: number, { middle, spread }: Usual): number {
  const chance = HIGH_DEVIATIONS * Math.hypot(spread, noise);
  return (value - middle) / Math.max(chance, MIN_RISE * middle, 1e-9);
}

/** Rises smaller than this many deviations are noise when they add up (the drift of a CUSUM chart). */
const DRIFT_DEVIATIONS = 2;

/**
 * Returns the minute at which the current rise began: where the cumulated excess over the usual level was least.
 * https://www.itl.nist.gov/div898/handbook/pmc/section3/pmc323.htm
 */
export function startOfRise(level: Level, index: number, usual: Usual, leastIndex: number): number {
  let [sum, least, start] = [0, 0, Math.max(0, leastIndex)];
  for (let at = start; at <= index; at++) {
    const value = level.values[at];
    if (value === null || value === undefined) continue;
    const deviation = Math.max(Math.hypot(usual.spread, noiseAt(level, at)), 0.05 * usual.middle, 1e-9);
    sum += Math.min((value - usual.middle) / deviation, HIGH_DEVIATIONS) - DRIFT_DEVIATIONS;
    if (sum > least) continue;
    [least, start] = [sum, at + 1];
  }
  return Math.min(start, index);
}

/** Below this share of the harm a rise is a smaller one that was there before. */
const SAME_RISE = 0.05;

/** Returns the first minute of a rise that is part of its harm. */
export function firstOfSize({ values }: Level, from: number, to: number, { middle }: Usual): number {
  const size = (at: number) => (values[at] ?? middle) - middle;
  const first = [...Array(to - from).keys()].find((k) => size(from + k) >= SAME_RISE * size(to));
  return first === undefined ? to : from + first;
}

/** Returns the median; zero for no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / Math.max(middle.length, 1);
}

/** Selects a measured series. All parts must be equal, absent ones too. */
export interface Of {
  readonly relation?: Measured['relation'];
  readonly revision?: string;
  readonly zone?: string;
  readonly yesterday?: true;
}

export function seriesFor(
  measured: readonly Measured[],
  metric: Measured['metric'],
  of: Of = {},
): Series | null {
  const found = measured.find(
    (one) =>
      one.metric === metric &&
      one.relation === (of.relation ?? 'this') &&
      one.revision === of.revision &&
      one.zone === of.zone &&
      one.yesterday === of.yesterday,
  );
  return found?.series ?? null;
}
