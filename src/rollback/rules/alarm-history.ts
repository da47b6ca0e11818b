import type { AlarmState, Earlier, StateChange } from '../facts.ts';
import type { Instant } from '../request.ts';
import { after, isAfter, secondsBetween } from '../time.ts';

/**
 * Returns the state of an alarm at an instant, from the last change before it or else from the first one after it.
 * Null: no change is known.
 */
export function stateAt(changes: readonly StateChange[], instant: Instant): AlarmState | null {
  const inOrder = changes.toSorted((one, other) => secondsBetween(other.at, one.at));
  const last = inOrder.findLast(({ at }) => !isAfter(at, instant));
  return last?.to ?? inOrder[0]?.from ?? null;
}

/** Says whether the alarm was in ALARM at any time between two instants. */
export function redBetween(changes: readonly StateChange[], from: Instant, to: Instant): boolean {
  const within = changes.filter(({ at }) => !isAfter(from, at) && !isAfter(at, to));
  return within.some((change) => change.to === 'ALARM' || change.from === 'ALARM');
}

/** Two alarms of one harm turn in any order, and CloudWatch evaluates an alarm once a minute. */
const TOGETHER_SECONDS = 60;

/**
 * Returns the changes without the red time that an earlier rollback ended: the alarm turned once with its trigger or
 * later, and was over by its end. That harm was of the release that was rolled back, so it is no flapping. An alarm that
 * was red before, turned twice, or stayed red keeps all its changes.
 */
export function withoutHealed(
  changes: readonly StateChange[],
  earlier: readonly Earlier[],
): readonly StateChange[] {
  const healed = earlier.flatMap((one) => {
    const { triggeredAt, ended } = one;
    if (triggeredAt === undefined || ended?.as !== 'rolled-back' || one.rehearsal !== undefined) return [];
    const from = after(triggeredAt, -TOGETHER_SECONDS);
    const during = changes.filter(({ at }) => isAfter(at, from) && !isAfter(at, ended.at));
    const turns = new Set(during.filter(({ to }) => to === 'ALARM').map(({ at }) => at));
    const isHealed =
      turns.size === 1 && stateAt(changes, from) !== 'ALARM' && stateAt(changes, ended.at) !== 'ALARM';
    return isHealed ? during : [];
  });
  return changes.filter((change) => !healed.includes(change));
}
