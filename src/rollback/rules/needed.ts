import { isAfter } from '../time.ts';
import { isShownSideBySide } from './confidence.ts';
import type { Instant, Request } from '../request.ts';
import { ask, type Rule } from './rule.ts';

/**
 * An alarm of a dependency that was red at the onset explains the harm at least as well as a release does. The owner
 * names such alarms in `lastgood:needs`.
 */
export const needsNothingRed: Rule = (one) => {
  const { facts, settings, scene } = one;
  const harm = scene?.onset.until ?? sinceOf(facts.request);
  if (harm === null || !facts.others.known || isShownSideBySide(one)) return null;
  const red = facts.others.is.find(
    ({ about, at }) => settings.needs?.includes(`alarm:${about}`) === true && isAfter(harm, at),
  );
  if (red === undefined) return null;
  return ask(`Alarm ${red.about}, on which it depends, was red when the harm began, so a person decides`);
};

/**
 * A dependency that Lastgood is going back with is the nearer cause. Its way back may end the harm, so time may tell. The
 * owner names dependencies in `lastgood:needs`.
 */
export const needsNothingBack: Rule = (one) => {
  const [first] = one.facts.goingBack ?? [];
  if (first === undefined || isShownSideBySide(one)) return null;
  const says = `Lastgood has been going back with ${first.target}, on which it depends, since ${first.since}: that may end the harm`;
  return { ...ask(says), timeMayTell: true };
};

/** Returns when a lookout first saw the harm that no control explains. Null: no such lookout triggered. */
function sinceOf({ trigger }: Request): Instant | null {
  return trigger?.type === 'lookout' && trigger.by === 'persistence' ? trigger.since : null;
}
