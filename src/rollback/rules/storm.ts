import { secondsBetween } from '../time.ts';
import { isShownSideBySide } from './confidence.ts';
import { ask, type Rule } from './rule.ts';
import { onAlarm } from './trigger.ts';

/**
 * So many others that alarm together speak for a common cause. No measured threshold is published. Ours: eight.
 * A release that overloads what it calls may take half a dozen with it, which the confidence weighs; one question too
 * many costs less than rolling back a fleet for what its network did.
 */
export const MANY_OTHERS = 8;

/** How far from our alarm another one may have turned to count as the same moment. */
const SAME_MOMENT_SECONDS = 300;

/** Trouble that many unrelated targets have at the same time was not made by a deployment of one of them. */
export const isAlone: Rule = onAlarm(({ at }, one) => {
  const { others } = one.facts;
  if (!others.known) return ask(`What else is in alarm is not known: ${others.why}.`);
  const together = others.is.filter((other) => Math.abs(secondsBetween(other.at, at)) <= SAME_MOMENT_SECONDS);
  const { length } = together;
  if (length < MANY_OTHERS || isShownSideBySide(one)) return null;
  const names = together.slice(0, MANY_OTHERS).map(({ about }) => about);
  return ask(
    `${length} others that have nothing to do with it turned to alarm at the same time (${names.join(', ')}), which speaks for a common cause.`,
  );
});
