import { isAutomatic, type Request } from '../request.ts';
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

/** Says whether a lookout saw the older side well at the same time. */
function isControlled({ trigger }: Request): boolean {
  return trigger?.type === 'lookout' && trigger.by === 'control';
}

/** The most seconds between the triggering alarm and another one that count as the same moment. */
const SAME_MOMENT_SECONDS = 300;

/**
 * More targets alarm than the stack allows, so that one answer decides for all of them. A target that shows both sides
 * needs no answer: no common cause explains that only its new side hurts. Neither does one that a person asks for.
 */
export const isOutsideStorm: Rule = (one) => {
  const { isInStorm, request } = one.facts;
  if (isInStorm !== true || !isAutomatic(request) || isShownSideBySide(one) || isControlled(request))
    return null;
  return {
    ...ask(
      'More targets alarm within five minutes than chance explains, so a person decides for all of them',
    ),
    inStorm: true,
  };
};

/**
 * Harm to many things at the same time, which are no targets, does not come from a deployment of one target. Targets are
 * counted where their alarms arrive (storm/arrivals.ts), each at the same moment and in one order.
 */
export const hasNoCommonCause: Rule = onAlarm(({ at }, one) => {
  const { others, stormsAreOff } = one.facts;
  if (!others.known) return ask(`Which other alarms are red is unknown: ${others.why}.`);
  const together = others.is.filter((other) => Math.abs(secondsBetween(other.at, at)) <= SAME_MOMENT_SECONDS);
  const noTargets = together.filter(({ isTarget }) => isTarget !== true);
  const { length } = noTargets;
  if (stormsAreOff === true || length < MANY_OTHERS || isShownSideBySide(one)) return null;
  const names = noTargets.slice(0, MANY_OTHERS).map(({ about }) => about);
  return ask(
    `${length} unrelated others turned to alarm at the same time (${names.join(', ')}), which suggests a common cause.`,
  );
});
