import type { AlarmState, StateChange } from '../facts.ts';
import type { Instant } from '../request.ts';
import { isAfter, secondsBetween } from '../time.ts';

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
