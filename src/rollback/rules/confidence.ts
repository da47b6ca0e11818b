import { strengthOf } from '../clues/weigh.ts';
import { since } from '../clues/scene.ts';
import { act, ask, skip, type Case, type Finding, type Rule } from './rule.ts';

/** From this confidence on the judge acts at the first look; fitted so that of its acts 95 % are right. */
export const SURE = 0.86;

/** From this confidence on the judge acts at a later look: what was only beginning has shown itself by then. */
export const SURE_LATER = 0.65;

/** Below this confidence it is not the deployment. */
export const UNLIKELY = 0.2;

/** Below this confidence no second look is worth waiting for. */
export const RULED_OUT = 0.05;

/** Was it the deployment? By everything that was measured. Only this is weighed; every other rule is a veto. */
export const isToBlame: Rule = ({ facts, scene, blame }) => {
  if (scene === null || blame === null || scene.later.length > 0) return null;
  const looks = facts.looks ?? 0;
  const name = scene.suspect.revision.name;
  const { confidence } = blame;
  const told = blame.reasons.map(({ speaks, says }) =>
    speaks === 'for' ? act(says) : against(confidence, looks, says),
  );
  if (confidence >= (looks === 0 ? SURE : SURE_LATER))
    return [
      act(`It was the deployment of ${name}, by what was measured (${inPercent(confidence)})`),
      ...told,
    ];
  if (confidence < (looks === 0 ? RULED_OUT : UNLIKELY))
    return {
      ...skip(`It was hardly the deployment of ${name} (${inPercent(confidence)})${mainly(blame)}`),
      timeMayTell: true,
    };
  const unsure = ask(`Whether it was the deployment of ${name} is not sure (${inPercent(confidence)})`);
  return [{ ...unsure, timeMayTell: true }, ...told];
};

function mainly({ reasons }: NonNullable<Case['blame']>): string {
  const first = reasons.find(({ speaks }) => speaks === 'against');
  return first === undefined ? '' : `: ${first.says}`;
}

/** A clue against acting is heard in the confidence already: as a finding it is only told beside the verdict's. */
function against(confidence: number, looks: number, says: string): Finding {
  if (confidence >= (looks === 0 ? SURE : SURE_LATER)) return act(`Against it: ${says}`);
  return { ...ask(says), timeMayTell: true };
}

/**
 * Asks to look again a minute later where only two minutes of harm are known. It may have lasted for less than one and be
 * over, because CloudWatch shows a minute when it has ended. Not where users plainly hurt, where AWS goes back already, or
 * where tasks or sides accuse the release.
 */
export const lasts: Rule = (one) => {
  const { facts, scene } = one;
  if (scene === null || facts.request.trigger?.type !== 'alarm' || (facts.looks ?? 0) > 0) return null;
  const levels = scene.level === null ? [] : since(scene.level, scene.rise);
  if (levels.length === 0 || levels.length > PASSING_MINUTES) return null;
  if (scene.suspect.state === 'rolling-back') return null;
  if (isShownSideBySide(one) || strengthOf('itsTasksFail', scene) > 0) return null;
  if (scene.harm === 'errors' && levels.reduce((sum, level) => sum + level, 0) >= PLAIN_HARM) return null;
  return {
    ...ask('It may have passed: no whole minute after it is known yet'),
    timeMayTell: true,
    soon: true,
  };
};

/** A blip of a minute is seen in so many. */
const PASSING_MINUTES = 2;

/** Users plainly hurt where as many requests failed as come in nearly half a minute. */
const PLAIN_HARM = 0.45;

/** What is well again by now is not gone back from without a person. */
export const stillHurts: Rule = ({ facts, scene }) => {
  if (scene === null) return null;
  if (strengthOf('isWellAgain', scene) >= 1)
    return { ...ask('It is well again by now, so a person decides'), timeMayTell: true };
  const { alarm, request } = facts;
  if (scene.level !== null) return null;
  if (request.trigger?.type !== 'alarm' || alarm?.known !== true || alarm.is.state === 'ALARM') return null;
  return {
    ...ask(`Alarm ${request.trigger.alarm} is ${alarm.is.state} again, so a person decides`),
    timeMayTell: true,
  };
};

/** Old and new at the same time: neither a flapping alarm nor what hurts elsewhere explains that only the new side hurts. */
export function isShownSideBySide({ scene }: Case): boolean {
  return scene !== null && strengthOf('onlyTheNewSideHurts', scene) >= 0.9;
}

/** Two changes at the same moment: nothing that is measured tells which of them it was. */
export const wasAlone: Rule = ({ scene }) => {
  if (scene === null || strengthOf('readsSomethingChanged', scene) < 0.8) return null;
  return ask('Something that it reads was changed at the same time as it was deployed, so a person decides');
};

export function inPercent(confidence: number): string {
  return `${Math.round(confidence * 100)} %`;
}
