import type { Scene } from '../clues/scene.ts';
import { tookTraffic } from '../clues/timing.ts';
import type { OtherAlarm } from '../facts.ts';
import type { Onset } from '../onset.ts';
import type { Request } from '../request.ts';
import { after, isAfter, secondsBetween } from '../time.ts';
import { isShownSideBySide, SURE } from './confidence.ts';
import { ask, type Rule } from './rule.ts';

/**
 * A dependency that broke before the harm explains it at least as well as a release does. Its alarm may turn minutes
 * later, so its onset counts. The owner names such alarms in `lastgood:needs`. A dependency that is a target there is weighed
 * by the clues: its alarms are not chosen for this, and may be red for days.
 */
export const needsNothingRed: Rule = (one) => {
  const { facts, settings, scene } = one;
  const harm = scene?.onset ?? sinceOf(facts.request);
  if (harm === null || !facts.others.known || isShownSideBySide(one)) return null;
  const red = facts.others.is.find(
    (other) =>
      settings.needs?.includes(`alarm:${other.about}`) === true && explains(onsetOfOther(other), harm, scene),
  );
  if (red === undefined) return null;
  return ask(`Alarm ${red.about}, on which it depends, ${sayWhen(red, harm)}, so a person decides`);
};

function sayWhen(red: OtherAlarm, harm: Onset): string {
  if (isAfter(harm.until, red.at)) return 'was red when the harm began';
  if (isAfter(onsetOfOther(red).until, harm.at)) return 'broke at about the same time';
  return 'broke before the harm began';
}

function onsetOfOther({ at, onset = { at, until: at } }: OtherAlarm): Onset {
  return onset;
}

/**
 * Says whether a dependency broke before the harm, or about when it began. A release that harms at once, and overloads a
 * dependency in the same minute, is the likelier cause of both.
 */
function explains(onset: Onset, harm: Onset, scene: Scene | null): boolean {
  if (!isAfter(harm.until, onset.at)) return false;
  if (scene === null || !isAfter(onset.until, harm.at)) return true;
  const took = tookTraffic(scene);
  return isAfter(took, onset.until) || secondsBetween(took, harm.at) > AT_ONCE_SECONDS;
}

/** A release that overloads a dependency so soon after its first traffic is not cleared by it. */
const AT_ONCE_SECONDS = 120;

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

/** A deployment of a dependency explains a harm that begins within so long after it. */
const EXPLAINS_MINUTES = 5;

/**
 * A dependency that was deployed between the release and the harm is the nearer suspect, unless the measurements surely
 * accuse the release. The ledger knows when a deployment completed, so one in flight is not seen.
 */
export const needsNothingNewer: Rule = (one) => {
  const { facts, scene, blame } = one;
  if (scene === null || facts.otherDeployments?.known !== true || isShownSideBySide(one)) return null;
  if (blame !== null && blame.confidence >= SURE) return null;
  const { onset, suspect } = scene;
  const from = after(onset.at, -EXPLAINS_MINUTES * 60);
  const between = facts.otherDeployments.is.find(
    ({ relation, startedAt: at }) =>
      relation === 'dependency' &&
      isAfter(at, from) &&
      isAfter(at, tookTraffic(scene)) &&
      isAfter(onset.until, at),
  );
  if (between === undefined) return null;
  const says = `${between.target}, on which it depends, was deployed after ${suspect.revision.name} and just before the harm, so a person decides`;
  return { ...ask(says), timeMayTell: true };
};

/** Returns when a lookout first saw the harm that no control explains. Null: no such lookout triggered. */
function sinceOf({ trigger }: Request): Onset | null {
  if (trigger?.type !== 'lookout' || trigger.by !== 'persistence') return null;
  return { at: trigger.since, until: trigger.since };
}
