import type { AlarmNow, Child, Watching } from './facts.ts';
import type { Onset } from './onset.ts';
import type { Instant } from './request.ts';
import { isAfter, secondsBetween } from './time.ts';

/**
 * A composite alarm is evaluated when an alarm in its rule turns, and each alarm once a minute. So these turned it together.
 * Unknown: composite-alarm-turn.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
const TURNED_WITH_SECONDS = 60;

/** An alarm that was red for longer before is a condition, such as enough requests, and shows no harm. */
const CONDITION_SECONDS = 1800;

/**
 * Returns the onset that the red alarms in the rule of a composite alarm show. Null: they have no datapoints, or newer ones
 * than the turn.
 */
export function onsetOfChildren({ children = [] }: AlarmNow, turnedAt: Instant): Onset | null {
  return showing(children, turnedAt)[0]?.onset ?? null;
}

/**
 * Returns what a composite alarm watches: what the red alarms in its rule that turned it do, else those that turned later.
 * Empty: they watch several metrics, or Lastgood has no word for the metric.
 */
export function watchedByChildren(children: readonly Child[], turnedAt: Instant): Watching {
  const shown = showing(children, turnedAt);
  const turning = shown.filter(({ at }) => !isAfter(at, turnedAt));
  const [first, ...others] = (turning.length > 0 ? turning : shown).map(({ watching = {} }) => watching);
  if (first?.metric === undefined) return {};
  return others.every(({ metric }) => metric === first.metric) ? first : {};
}

/**
 * Returns the red alarms that turned a composite alarm, and those that turned later by datapoints from before. The one whose
 * first datapoint is over first comes first, and the shortest of those.
 */
function showing(
  children: readonly Child[],
  turnedAt: Instant,
): readonly (Child & { readonly onset: Onset })[] {
  return children
    .filter(({ at }) => !isAfter(turnedAt, at) || secondsBetween(at, turnedAt) <= TURNED_WITH_SECONDS)
    .flatMap((child) => {
      const { onset } = child;
      return onset === undefined || !isAfter(turnedAt, onset.at) ? [] : { ...child, onset };
    })
    .toSorted(
      ({ onset: one }, { onset: other }) =>
        secondsBetween(other.until, one.until) || secondsBetween(one.at, other.at),
    );
}

/**
 * Returns the red alarms in the rule of a composite alarm that turned shortly before those that turned it. The rule may need
 * both, and so the harm may have begun with them.
 */
export function redBefore({ children = [] }: AlarmNow, turnedAt: Instant): readonly Child[] {
  return children.filter(({ at }) => {
    const before = secondsBetween(at, turnedAt);
    return before > TURNED_WITH_SECONDS && before <= CONDITION_SECONDS;
  });
}
