import { strengthOf } from '../clues/weigh.ts';
import { presentOf } from '../clues/present.ts';
import { since, type Scene } from '../clues/scene.ts';
import { act, ask, skip, type Case, type Finding, type Rule } from './rule.ts';

/** From this confidence on the judge acts at the first look. It is fitted so that 95 % of its acts are right. */
export const SURE = 0.86;

/** From this confidence on the judge acts at a later look, because a beginning harm has become visible by then. */
export const SURE_LATER = 0.65;

/** Below this confidence the deployment is not the cause. */
export const UNLIKELY = 0.2;

/** Below this confidence a second look is not worth the wait. */
export const RULED_OUT = 0.05;

/**
 * Judges by all measurements whether the deployment is the cause. Only this rule is weighed; every other rule is a
 * veto.
 */
export const isToBlame: Rule = ({ facts, scene, blame }) => {
  if (scene === null || blame === null || scene.later.length > 0) return null;
  const looks = facts.looks ?? 0;
  const name = scene.suspect.revision.name;
  const { confidence } = blame;
  const listed = blame.reasons.map(({ speaks, says }) =>
    speaks === 'for' ? act(says) : against(confidence, looks, says),
  );
  if (confidence >= (looks === 0 ? SURE : SURE_LATER))
    return [act(`${accusers(scene)} accuse the deployment of ${name} (${inPercent(confidence)})`), ...listed];
  if (confidence < (looks === 0 ? RULED_OUT : UNLIKELY))
    return {
      ...skip(`The deployment of ${name} is hardly the cause (${inPercent(confidence)})${mainly(blame)}`),
      timeMayTell: true,
    };
  const unsure = ask(
    `Whether the deployment of ${name} is the cause is uncertain (${inPercent(confidence)})`,
  );
  return [{ ...unsure, timeMayTell: true }, ...listed];
};

function accusers(scene: Scene): string {
  return strengthOf('isWellAgain', scene) >= 1 ? 'Earlier signs' : 'The measurements';
}

function mainly({ reasons }: NonNullable<Case['blame']>): string {
  const first = reasons.find(({ speaks }) => speaks === 'against');
  return first === undefined ? '' : `: ${first.says}`;
}

/**
 * Returns a clue against acting as a finding. The confidence already contains it, so it only accompanies the verdict.
 */
function against(confidence: number, looks: number, says: string): Finding {
  if (confidence >= (looks === 0 ? SURE : SURE_LATER)) return { ...act(says), isOutweighed: true };
  return { ...ask(says), timeMayTell: true };
}

/**
 * Asks for another look a minute later if only two minutes of harm are known. The harm may have lasted for less than a
 * minute and be over, because CloudWatch shows a minute after its end. Does not ask if users clearly hurt, if a
 * probe shows that they still do, if AWS already goes back, or if tasks or sides accuse the release.
 */
export const lasts: Rule = (one) => {
  const { facts, scene } = one;
  if (scene === null || facts.request.trigger?.type !== 'alarm' || (facts.looks ?? 0) > 0) return null;
  const levels = scene.level === null ? [] : since(scene.level, scene.rise);
  if (levels.length === 0 || levels.length > PASSING_MINUTES) return null;
  if (scene.suspect.state === 'rolling-back') return null;
  if ((facts.probed?.bad ?? 0) > 0) return null;
  if (isShownSideBySide(one) || strengthOf('itsTasksFail', scene) > 0) return null;
  if (scene.harm === 'errors' && levels.reduce((sum, level) => sum + level, 0) >= PLAIN_HARM) return null;
  return {
    ...ask('The harm may have passed, because no whole minute after it is known yet'),
    timeMayTell: true,
    soon: true,
  };
};

/** A blip of one minute is visible in up to two minutes. */
const PASSING_MINUTES = 2;

/** Users clearly hurt if the failed requests equal those of nearly half a minute. */
const PLAIN_HARM = 0.45;

/** A target that is healthy again is not rolled back without approval. */
export const stillHurts: Rule = ({ facts, scene }) => {
  if (scene === null) return null;
  if (strengthOf('isWellAgain', scene) >= 1)
    return { ...ask(`${presentOf(scene)}, so a person decides`), timeMayTell: true };
  const { alarm, request } = facts;
  if (scene.level !== null) return null;
  if (request.trigger?.type !== 'alarm' || alarm?.known !== true || alarm.is.state === 'ALARM') return null;
  return {
    ...ask(`Alarm ${request.trigger.alarm} is ${alarm.is.state} again, so a person decides`),
    timeMayTell: true,
  };
};

/**
 * Says whether old and new ran at the same time and only the new side hurts. Neither a flapping alarm nor a dependency
 * explains that.
 */
export function isShownSideBySide({ scene }: Case): boolean {
  return scene !== null && strengthOf('onlyTheNewSideHurts', scene) >= 0.9;
}

/** Two changes at the same moment: the measurements cannot separate them. */
export const wasAlone: Rule = ({ scene }) => {
  if (scene === null || strengthOf('readsSomethingChanged', scene) < 0.8) return null;
  return ask('Something that it reads changed at the same time as the deployment, so a person decides');
};

export function inPercent(confidence: number): string {
  return `${Math.round(confidence * 100)} %`;
}
