import { redBefore } from '../children.ts';
import type { Facts, TurnedBefore } from '../facts.ts';
import type { Deployment } from '../plan.ts';
import { earliestStart } from '../sights.ts';
import { isAfter } from '../time.ts';
import { redBetween, stateAt } from './alarm-history.ts';
import { ask, type Rule } from './rule.ts';

/**
 * A deployment that began while another alarm of the target was red may be the fix, whatever accuses it: a further
 * alarm, a lookout, or AWS, which stops a new deployment because that alarm is red. `wasOkBefore` judges the alarm of
 * the trigger itself.
 */
export const isNoFix: Rule = ({ facts, scene }) => {
  const { plan, turnedBefore = [] } = facts;
  const deployment = scene?.suspect ?? plan.deployment;
  if (deployment === undefined) return null;
  const { name } = deployment.revision;
  const red = turnedBefore.find((one) => wasRedAt(one, deployment));
  if (red !== undefined)
    return ask(
      `Alarm ${red.alarm} was red when the deployment of ${name} began: it may be the fix, so a person decides`,
    );
  const child = hurtBefore(facts, deployment);
  if (child !== null)
    return ask(
      `The harm that alarm ${child} shows began before the deployment of ${name}: it may be the fix, so a person decides`,
    );
  return turnedBefore.flatMap(({ alarm, history }) =>
    history.known
      ? []
      : ask(`Whether alarm ${alarm} was red when the deployment of ${name} began is unknown: ${history.why}`),
  );
};

/** Says whether an alarm was red when a deployment began, or may have been: sights may leave open when that was. */
function wasRedAt({ history }: TurnedBefore, deployment: Deployment): boolean {
  if (!history.known) return false;
  const [earliest, latest] = [earliestStart(deployment), deployment.startedAt];
  return stateAt(history.is, earliest) === 'ALARM' || redBetween(history.is, earliest, latest);
}

/**
 * Returns the name of an alarm in the rule of the trigger's composite alarm that showed harm before a deployment began, though
 * another alarm of that rule turned it. Null: there is none.
 */
function hurtBefore({ request: { trigger }, alarm: now }: Facts, { startedAt }: Deployment): string | null {
  if (trigger?.type !== 'alarm' || now?.known !== true) return null;
  const before = redBefore(now.is, trigger.at);
  return before.find(({ at, onset }) => !isAfter(onset?.until ?? at, startedAt))?.alarm ?? null;
}
