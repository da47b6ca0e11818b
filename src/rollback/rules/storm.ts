import { secondsBetween } from '../time.ts';
import { isShownSideBySide } from './confidence.ts';
import { ask, type Rule } from './rule.ts';
import { onAlarm } from './trigger.ts';

/**
 * From this number of other alarms on, they suggest a common cause. No measured threshold is published; Lastgood uses
 * eight. A release that overloads its dependencies may affect half a dozen of them, which the confidence weighs. One
 * question too many costs less than a rollback of a fleet for a fault of its network.
 */
export const MANY_OTHERS = 8;

/** The most seconds between the triggering alarm and another one that count as the same moment. */
const SAME_MOMENT_SECONDS = 300;

/** Harm to many unrelated targets at the same time does not come from a deployment of one of them. */
export const isAlone: Rule = onAlarm(({ at }, one) => {
  const { others } = one.facts;
  if (!others.known) return ask(`Which other alarms are red is unknown: ${others.why}.`);
  const together = others.is.filter((other) => Math.abs(secondsBetween(other.at, at)) <= SAME_MOMENT_SECONDS);
  const { length } = together;
  if (length < MANY_OTHERS || isShownSideBySide(one)) return null;
  const names = together.slice(0, MANY_OTHERS).map(({ about }) => about);
  return ask(
    `${length} unrelated others turned to alarm at the same time (${names.join(', ')}), which suggests a common cause.`,
  );
});
