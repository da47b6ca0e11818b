import type { Scene } from '../clues/scene.ts';
import { isThere } from '../course.ts';
import { harmNow } from '../harm-now.ts';
import { ask, skip, type Rule } from './rule.ts';

/**
 * A newer deployment took the place of the suspect, and nothing can be put back. It may be the fix: where the harm ends,
 * nothing is to be done. Where no end of the harm is seen, the rollback fails, so that a person looks.
 */
export const endsWithoutUs: Rule = ({ facts, scene }) => {
  const { plan } = facts;
  if (plan.state !== 'no-way-back' || plan.suspect === undefined) return null;
  // AWS or a lookout named the suspect, and shows no harm since.
  if (scene === null) return skip(plan.reason);
  const since = sinceIn(scene);
  if (harmNow(facts, scene) === 'ended') return skip(`${since}. The harm has ended since then`);
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
