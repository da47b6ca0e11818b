import { inMinutes, secondsBetween } from '../time.ts';
import { mayLookAgain } from '../look-again.ts';
import { act, ask, skip, type Rule } from './rule.ts';
import { MAX_AGE_SECONDS } from './trigger.ts';

/**
 * A lookout accuses one revision, and has weighed it against the older side. What runs by now decides: a person may have
 * put another revision in its place since.
 */
export const isAccused: Rule = ({ facts: { request, plan, takenUpAt }, settings }) => {
  const { trigger } = request;
  if (trigger?.type !== 'lookout') return null;
  if (trigger.doubt !== true && settings.lookout !== 'act')
    return skip(`The tag lastgood:lookout of ${request.target} is not act any more.`);
  const { deployment } = plan;
  if (deployment === undefined) return skip(`No deployment of ${request.target} is known any more.`);
  if (deployment.revision.id !== trigger.revision || deployment.id !== trigger.deployment)
    return skip(
      `The lookout accuses an earlier deployment, and the newest is that of ${deployment.revision.name}.`,
    );
  const { name } = deployment.revision;
  const age = secondsBetween(trigger.at, takenUpAt);
  if (age > MAX_AGE_SECONDS)
    return ask(`The lookout accused ${name} ${inMinutes(age)} before Lastgood learned of it.`);
  if (trigger.doubt === true)
    return [
      ask(`The deployment of ${name} waits at a pause, and the lookout cannot say whether it is good.`),
      ...trigger.saw.map(ask),
    ];
  return [
    act(`The lookout accuses the deployment of ${name}, which has hurt since ${trigger.since}.`),
    ...trigger.saw.map(act),
  ];
};

/**
 * A lookout accuses before an alarm turns. AWS watches a new deployment with the alarms of the owner, and an alarm that
 * turns on the minutes of the bad revision would bring it back. So the way back waits until one is red, for two looks.
 */
export const isNotCutShort: Rule = ({ facts: { request, plan, undoingRed, looks } }) => {
  if (request.trigger?.type !== 'lookout' || !('undoneBy' in plan)) return null;
  if (undoingRed === undefined || undoingRed.length > 0 || !mayLookAgain(looks)) return null;
  const [first = ''] = plan.undoneBy;
  return {
    ...ask(`Alarm ${first} has not turned yet. AWS would roll the way back back natively when it does`),
    timeMayTell: true,
    soon: true,
  };
};
