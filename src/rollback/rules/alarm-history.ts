import type { Earlier } from '../earlier.ts';
import type { AlarmState, StateChange } from '../facts.ts';
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
  const healed = healingsIn(earlier).flatMap(({ from, until }) => {
    const during = changes.filter(({ at }) => isAfter(at, from) && !isAfter(at, until));
    const turns = new Set(during.filter(({ to }) => to === 'ALARM').map(({ at }) => at));
    const isHealed =
      turns.size === 1 && stateAt(changes, from) !== 'ALARM' && stateAt(changes, until) !== 'ALARM';
    return isHealed ? during : [];
  });
  return changes.filter((change) => !healed.includes(change));
}

/**
 * Returns the firings of an alert without those that an earlier rollback ended: the only one while it went on. An alert
 * fires again only after it was over, so its end needs no further sign.
 */
export function withoutHealedFirings(
  firings: readonly Instant[],
  earlier: readonly Earlier[],
): readonly Instant[] {
  const healed = healingsIn(earlier).flatMap(({ from, until }) => {
    const during = firings.filter((at) => isAfter(at, from) && !isAfter(at, until));
    return during.length === 1 ? during : [];
  });
  return firings.filter((at) => !healed.includes(at));
}

/** Returns from when until when each earlier rollback went on that made the target healthy again. */
function healingsIn(
  earlier: readonly Earlier[],
): readonly { readonly from: Instant; readonly until: Instant }[] {
  return earlier.flatMap(({ triggeredAt, ended, rehearsal }) =>
    triggeredAt === undefined || ended?.as !== 'rolled-back' || rehearsal !== undefined
      ? []
      : [{ from: after(triggeredAt, -TOGETHER_SECONDS), until: ended.at }],
  );
}
