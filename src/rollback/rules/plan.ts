import { lastChange } from '../clues/others.ts';
import { isThere } from '../course.ts';
import { suspicionAmong } from '../suspect.ts';
import { ask, skip, type Rule } from './rule.ts';

/**
 * Skips if there is nothing to go back from. A plan without a way back is still judged: if Lastgood should go back and
 * cannot, the rollback has failed.
 */
export const hasSomethingToDo: Rule = ({ facts: { plan }, scene }) => {
  if (plan.state !== 'nothing-to-do') return null;
  const change = scene === null ? undefined : lastChange(scene);
  if (change === undefined) return skip(plan.reason);
  const says = `${change.subject}, which it reads, was changed at ${change.at}`;
  return [skip(plan.reason), { ...skip(says), change }];
};

/**
 * A plan is made for the onset that the trigger shows, which may be estimated. Where the measurements accuse a newer
 * deployment, another look makes the plan for that one. `isNotUndone` judges the other case.
 */
export const isMadeForSuspect: Rule = ({ facts: { plan }, scene }) => {
  if (scene === null || !('suspect' in plan)) return null;
  const { suspect, onset } = scene;
  if (suspect.revision.id === plan.suspect.id || scene.later.some(isThere)) return null;
  if (suspicionAmong(plan.recent ?? [], onset)?.suspect.id !== suspect.id) return null;
  return {
    ...ask(
      `${suspect.revision.name} ran when the harm began, and the plan was made for ${plan.suspect.name}`,
    ),
    timeMayTell: true,
    soon: true,
  };
};
