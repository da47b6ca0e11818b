import { isThere } from '../course.ts';
import { ask, skip, type Rule } from './rule.ts';

/**
 * Skips if there is nothing to go back from. A plan without a way back is still judged: if Lastgood should go back and
 * cannot, the rollback has failed.
 */
export const hasSomethingToDo: Rule = ({ facts: { plan } }) =>
  plan.state === 'nothing-to-do' ? skip(plan.reason) : null;

/**
 * A plan is made for the onset that the trigger shows, which may be estimated. If the measurements accuse a newer deployment
 * than the plan does, it is made again before Lastgood acts. `isNotUndone` judges the other case.
 */
export const isMadeForSuspect: Rule = ({ facts: { plan }, scene }) => {
  if (scene === null || !('from' in plan) || plan.suspect === undefined) return null;
  const { revision } = scene.suspect;
  if (revision.id === plan.suspect.id || scene.later.some(isThere)) return null;
  return {
    ...ask(
      `${revision.name} ran when the harm began, and the plan was made for ${plan.suspect.name}, so it is made again`,
    ),
    timeMayTell: true,
    soon: true,
  };
};
