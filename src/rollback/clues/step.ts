import {
  between,
  firstOfSize,
  isHigh,
  median,
  noiseAt,
  startOfRise,
  usualOf,
  type Level,
  type Usual,
} from './levels.ts';

/** So many minutes at one level are a level of their own, and no beginning of a rise. */
const PLATEAU_MINUTES = 8;

/** A step takes up to so long: the targets of a rollout take traffic one after the other. */
const STEP_MINUTES = 10;

/** From this share on it is most of the harm. What was there before is the smaller part of it. */
export const MOST = 0.75;

/** Halves of a plateau differ by less than this share of it. */
const MAX_TREND = 0.25;

/**
 * Returns the minute in which a step to the harm began, from a level that had been even for some minutes. Such a level
 * may be above the usual one: a mild rise of an hour ago is no beginning of what hurts now. Null: the level did not
 * step, as in a slow leak.
 * @param index a minute of the harm
 */
export function startOfStep(level: Level, index: number, usual: Usual): number | null {
  const ends = [...Array(STEP_MINUTES + 1).keys()].map((ago) => index - ago);
  const end = ends.find((at) => isEven(level, at));
  const plateau = end === undefined ? null : plateauBefore(level, end);
  if (end === undefined || plateau === null || !isHigh(level, index, plateau)) return null;
  const harm = Math.max(...between(level, index, index + 2));
  if (harm - plateau.middle < MOST * (harm - usual.middle)) return null;
  const start = startOfRise(level, index, plateau, end - PLATEAU_MINUTES / 2);
  return firstOfSize(level, start, index, plateau);
}

function plateauBefore(level: Level, end: number): Usual | null {
  return usualOf(between(level, end - PLATEAU_MINUTES, end));
}

/** Says whether the minutes before a minute had one level: its halves are alike. */
function isEven(level: Level, end: number): boolean {
  const half = PLATEAU_MINUTES / 2;
  const [first, second] = [
    between(level, end - PLATEAU_MINUTES, end - half),
    between(level, end - half, end),
  ];
  if (first.length === 0 || second.length === 0) return false;
  const [before, after] = [median(first), median(second)];
  const trend = Math.max(MAX_TREND * before, 2 * noiseAt(level, end - 1));
  return Math.abs(after - before) <= trend;
}
