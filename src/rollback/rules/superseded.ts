import type { Blame } from '../clues/weigh.ts';
import { grewWith } from '../clues/grown.ts';
import type { Scene } from '../clues/scene.ts';
import { isThere } from '../course.ts';
import type { Facts } from '../facts.ts';
import type { Deployment } from '../plan.ts';
import { earliestStart } from '../sights.ts';
import { isReturn, isTurned } from '../suspect.ts';
import { isAfter } from '../time.ts';
import { SURE_LATER, UNLIKELY } from './confidence.ts';
import { ask, skip, type Finding, type Rule } from './rule.ts';
import { isOpen } from './sights.ts';

/** Lastgood never undoes a way back or a fix that followed the suspect without approval. */
export const isNotUndone: Rule = ({ facts, scene, blame }) => {
  if (scene === null || blame === null) return null;
  const [newest, ...between] = scene.later.filter(isThere);
  if (newest === undefined) return null;
  const suspect = scene.suspect.revision.name;
  const { name } = newest.revision;
  if (newest.isRehearsal === true)
    return skip(`${suspect} ran when the harm began. A rehearsal has put ${name} in its place since then`);
  if (isAgain(newest, scene)) return deployedAgain(newest, scene, blame);
  const isBack = isReturn(newest, [...between, scene.suspect, ...scene.older]);
  if (isBack && newest.sharesWith === undefined)
    return {
      ...skip(
        // The reason of the plan names the rest.
        facts.plan.state === 'nothing-to-do'
          ? `${suspect} ran when the harm began`
          : `${name} is ${wayBackOf(newest)} ${suspect}, which ran when the harm began`,
      ),
      ...culpritOf(scene, blame, newest),
    };
  if (!isBack && mayBeIts(newest, scene))
    return {
      ...ask(
        `The harm began about when ${name} was deployed after ${suspect}: either may have caused it, so a person decides`,
      ),
      timeMayTell: true,
    };
  if (blame.confidence < UNLIKELY) {
    const before = `The harm began before ${name} was deployed`;
    return grewWith(scene, newest)
      ? ask(`${before}, and most of it came since then, so a person decides`)
      : skip(`${before}, and ${suspect}, which ran then, is hardly the cause`);
  }
  const because = isBack
    ? `${name} shares the traffic with ${suspect}, which ran when the harm began, and nothing moves the rest natively: so a person decides`
    : `${name} was deployed after ${suspect}, which ran when the harm began: it may be the fix, so a person decides`;
  return { ...ask(because), timeMayTell: true };
};

/**
 * A way back from a revision that was never proven is not undone without approval, whatever hurts since then. Nor is one that
 * failed: its person or tool did not want the revision before it, proven or not. Nor is one that may be a new release.
 */
export const isNoWayBack: Rule = ({ facts, scene }) => {
  const failed = failedOf(facts);
  const [suspect, older] = scene === null ? [failed, olderThan(failed, facts)] : [scene.suspect, scene.older];
  const [replaced] = older;
  if (suspect === undefined || replaced === undefined || !isReturn(suspect, older)) return null;
  const [{ name }, before] = [suspect.revision, replaced.revision.name];
  if (suspect.mayBeNew === true)
    return ask(
      `${name} may be a way back from ${before} or a new release: AWS does not show what it runs. So a person decides`,
    );
  if (replaced.isProven === true && failed === undefined) return null;
  return ask(`${name} was a way back from ${before}, so a person decides`);
};

/** Returns the deployment that failed or stalled, if that is the trigger. */
function failedOf({ request: { trigger }, plan: { deployment } }: Facts): Deployment | undefined {
  return trigger?.type === 'deployment' ? deployment : undefined;
}

function olderThan(one: Deployment | undefined, { plan: { recent = [] } }: Facts): readonly Deployment[] {
  return recent.slice(recent.findIndex(({ id }) => id === one?.id) + 1);
}

/** Says whether a deployment may have begun before the harm did, within the datapoint of the onset. */
function mayBeIts(one: Deployment, { onset }: Scene): boolean {
  return isAfter(onset.until, earliestStart(one));
}

/** Says whether the content of the suspect was deployed again: a restart, or a way back that was itself undone. */
function isAgain({ content }: Deployment, { suspect }: Scene): boolean {
  return content !== undefined && content === suspect.content;
}

/**
 * Judges a repeated deployment of the suspect, or another share of the traffic for it. It is no fix. But it was made
 * during the harm, so it is not undone without approval.
 */
function deployedAgain(newest: Deployment, { suspect }: Scene, { confidence }: Blame): Finding {
  const [{ name }, was] = [newest.revision, suspect.revision.name];
  const isShare = isTurned(newest, [suspect]);
  if (confidence < UNLIKELY)
    return skip(
      `${was}, which ran when the harm began and was ${isShare ? 'given another share of the traffic' : 'deployed again'}, is hardly the cause`,
    );
  if (isShare)
    return {
      ...ask(`${was} was given another share of the traffic after the harm began, so a person decides`),
      timeMayTell: true,
    };
  const as = name === was ? name : `${name}, which is ${was} under another name,`;
  return { ...ask(`${as} was deployed again after the harm began, so a person decides`), timeMayTell: true };
}

/**
 * Names the suspect as the culprit if it surely caused the harm: an operator or AWS has already gone back from it. Within
 * the datapoint of the onset, what was put back may have begun the harm.
 */
function culpritOf(scene: Scene, { confidence }: Blame, newest: Deployment): Pick<Finding, 'culprit'> {
  const { rise, suspect, later } = scene;
  const { revision } = suspect;
  const mayBeLater = later.some((one) => mayBeIts(one, scene));
  if (confidence < SURE_LATER || isOpen(scene) || mayBeLater) return {};
  const { name } = newest.revision;
  const back =
    newest.seenAt === undefined
      ? `was put back in its place at ${newest.startedAt}`
      : `was seen in its place at ${newest.seenAt}`;
  const evidence = `it ran when the harm began at ${rise}, and ${name} ${back}`;
  return { culprit: { revision, evidence } };
}

function wayBackOf({ state }: Deployment): string {
  return state === 'in-flight' || state === 'rolling-back'
    ? 'being brought back already: it replaces'
    : 'back already: it replaced';
}
