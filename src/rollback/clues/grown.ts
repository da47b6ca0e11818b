import type { Deployment } from '../plan.ts';
import { between, indexAt, median } from './levels.ts';
import type { Scene } from './scene.ts';
import { MOST } from './step.ts';

/**
 * Says whether most of the harm came with a deployment after the suspect: the minutes from the rise until then were far
 * milder than the worst since. They were too few for a level of their own, so they do not show which of both hurts.
 */
export function grewWith({ level, usual, rise }: Scene, { startedAt }: Deployment): boolean {
  if (level === null || usual === null) return false;
  const [from, to] = [indexAt(level, rise), indexAt(level, startedAt)];
  const before = between(level, from, to);
  const worst = Math.max(...between(level, to, level.values.length), usual.middle);
  if (before.length === 0 || worst === usual.middle) return false;
  return worst - median(before) >= MOST * (worst - usual.middle);
}
