import type { Deployment } from '../rollback/plan.ts';
import { secondsBetween } from '../rollback/time.ts';
import type { Estimate } from './document.ts';

/** So many rollbacks say more than any deployment does. */
const ENOUGH_ROLLBACKS = 3;

/**
 * Estimates how long a rollback would take, as the median of what was measured.
 * @param rollbacks seconds of past rollbacks that succeeded
 */
export function estimateFrom(
  rollbacks: readonly number[],
  deployments: readonly Deployment[],
): Estimate | null {
  const took = rollbacks.length >= ENOUGH_ROLLBACKS ? [] : deployments.flatMap(secondsOf);
  const middle = medianOf([...rollbacks, ...took]);
  return middle === null ? null : { seconds: middle, rollbacks: rollbacks.length, deployments: took.length };
}

/** A deployment that failed, or that waited at a pause for hours, says nothing of the way back. */
const MAX_SECONDS = 4 * 3600;

function secondsOf({ state, startedAt, finishedAt }: Deployment): readonly number[] {
  if (state !== 'completed' || finishedAt === undefined) return [];
  const seconds = secondsBetween(startedAt, finishedAt);
  return seconds > 0 && seconds <= MAX_SECONDS ? [seconds] : [];
}

function medianOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return Math.round(middle.reduce((sum, one) => sum + one, 0) / middle.length);
}
