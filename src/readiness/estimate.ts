import type { Deployment } from '../rollback/plan.ts';
import { secondsBetween } from '../rollback/time.ts';
import type { Estimate, Rehearsed } from './document.ts';
import type { Measurement } from './measurement.ts';

/** So many rollbacks say more than any deployment does. */
const ENOUGH_ROLLBACKS = 3;

/**
 * Estimates how long a rollback would take, as the median of what was measured.
 * @param measurements newest first
 * @param rung the rung that a rollback would take; undefined: unknown, so that all count
 */
export function estimateFrom(
  measurements: readonly Measurement[],
  deployments: readonly Deployment[],
  rung?: string,
): Estimate | null {
  const alike = measurements.filter((one) => rung === undefined || one.rung === rung);
  const took = alike.length >= ENOUGH_ROLLBACKS ? [] : deployments.flatMap(secondsOf);
  const middle = medianOf([...alike.map(({ seconds }) => seconds), ...took]);
  if (middle === null) return null;
  const rehearsal = alike.find(({ isRehearsal }) => isRehearsal);
  return {
    ...{ seconds: middle, rollbacks: alike.length, deployments: took.length },
    ...(rehearsal !== undefined && { rehearsal: rehearsedOf(rehearsal) }),
  };
}

function rehearsedOf({ execution, at, seconds }: Measurement): Rehearsed {
  return { execution, at, seconds: Math.round(seconds) };
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
