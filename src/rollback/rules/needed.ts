import { isAfter } from '../time.ts';
import { isShownSideBySide } from './confidence.ts';
import { ask, type Rule } from './rule.ts';

/**
 * An alarm of a dependency that was red at the onset explains the harm at least as well as a release does. The owner
 * names such alarms in `lastgood:needs`.
 */
export const needsNothingRed: Rule = (one) => {
  const { facts, settings, scene } = one;
  if (scene === null || !facts.others.known || isShownSideBySide(one)) return null;
  const red = facts.others.is.find(
    ({ about, at }) => settings.needs?.includes(`alarm:${about}`) === true && isAfter(scene.onset.until, at),
  );
  if (red === undefined) return null;
  return ask(`Alarm ${red.about}, on which it depends, was red when the harm began, so a person decides`);
};
