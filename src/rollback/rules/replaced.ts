import { strengthOf } from '../clues/weigh.ts';
import { sawHarm } from '../clues/present.ts';
import type { Scene } from '../clues/scene.ts';
import { isThere } from '../course.ts';
import { ask, skip, type Rule } from './rule.ts';

/**
 * A newer deployment took the place of the suspect, and nothing can be put back. It may be the fix: where the harm ends,
 * nothing is to be done. Where no end of the harm is seen, the rollback fails, so that a person looks.
 */
export const endsWithoutUs: Rule = ({ facts: { plan }, scene }) => {
  if (plan.state !== 'no-way-back' || plan.suspect === undefined) return null;
  // AWS or a lookout named the suspect, and shows no harm since.
  if (scene === null) return skip(plan.reason);
  const since = sinceIn(scene);
  if (hasEnded(scene)) return skip(`${since}. The harm has ended since then`);
  return { ...ask(`${since}. The harm was not seen to end since then`), timeMayTell: true };
};

/** Says what took the place of the suspect. Measurements may accuse the newest deployment itself. */
function sinceIn({ suspect, later }: Scene): string {
  const { name } = suspect.revision;
  const newest = later.find(isThere);
  if (newest === undefined) return `${name} ran when the harm began`;
  const verb = newest.state === 'completed' ? 'replaced' : 'is replacing';
  return `${newest.revision.name} ${verb} ${name}, which ran when the harm began`;
}

/** Says whether the harm is known to be over: by the alarm, or by the measurements, if they showed it. */
function hasEnded(scene: Scene): boolean {
  const { alarm } = scene.facts;
  if (alarm?.known === true && alarm.is.state === 'OK') return true;
  return strengthOf('isWellAgain', scene) >= 1 && sawHarm(scene);
}
