import type { AlarmNow, Child } from './facts.ts';
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
 * Returns the onset that the red alarms in the rule of a composite alarm show: of those that turned it, and of those that
 * turned later, the one that is over first. It lies anywhere in its datapoint, because the series of that metric is not
 * compared. Null: they have no datapoints, or newer ones than the turn.
 */
export function onsetOfChildren({ children = [] }: AlarmNow, turnedAt: Instant): Onset | null {
  const onsets = children
    .filter(({ at }) => !isAfter(turnedAt, at) || secondsBetween(at, turnedAt) <= TURNED_WITH_SECONDS)
    .flatMap(({ onset }) => (onset === undefined || !isAfter(turnedAt, onset.at) ? [] : onset));
  const [first] = onsets.toSorted(
    (one, other) => secondsBetween(other.until, one.until) || secondsBetween(one.at, other.at),
  );
  return first === undefined ? null : { at: first.at, until: first.until, estimated: true };
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
