import type { Blame } from '../clues/blame.ts';
import type { Scene } from '../clues/scene.ts';
import type { Deployment } from '../plan.ts';
import { isReturn } from '../suspect.ts';
import { SURE_LATER, UNLIKELY } from './blame.ts';
import { ask, skip, type Finding, type Rule } from './rule.ts';

/** A way back or a fix that was deployed after the suspect is never undone without a person. */
export const isNotUndone: Rule = ({ scene, blame }) => {
  if (scene === null || blame === null) return null;
  const [newest, ...between] = scene.later;
  if (newest === undefined) return null;
  const suspect = scene.suspect.revision.name;
  const { name } = newest.revision;
  if (isReturn(newest, [...between, scene.suspect, ...scene.older]))
    return {
      ...skip(`${name} is ${wayBackOf(newest)}: it replaced ${suspect}, which ran when the harm began`),
      ...culpritOf(scene, blame, newest),
    };
  if (blame.confidence < UNLIKELY)
    return skip(`It hurts since before ${name} was deployed, and it was hardly ${suspect} that ran then`);
  return {
    ...ask(
      `${name} was deployed after ${suspect}, which ran when the harm began: it may be the fix, so a person decides`,
    ),
    timeMayTell: true,
  };
};

/** A person or AWS went back from it already: it is condemned where the harm is its own. */
function culpritOf(
  { suspect: { revision }, rise }: Scene,
  { confidence }: Blame,
  newest: Deployment,
): Pick<Finding, 'culprit'> {
  if (confidence < SURE_LATER) return {};
  const evidence = `it ran when the harm began at ${rise}, and ${newest.revision.name} was put back in its place at ${newest.startedAt}`;
  return { culprit: { revision, evidence } };
}

function wayBackOf({ state }: Deployment): string {
  return state === 'in-flight' || state === 'rolling-back' ? 'being brought back already' : 'back already';
}
