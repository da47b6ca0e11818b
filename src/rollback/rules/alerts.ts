import type { Instant } from '../request.ts';
import { after, inMinutes, isAfter } from '../time.ts';
import { withoutHealedFirings } from './alarm-history.ts';
import { ask, type Rule } from './rule.ts';
import { MANY_OTHERS } from './storm.ts';

/**
 * An alert that also fired within the window before the deployment does not depend on the deployment. Once is enough,
 * as for an alarm that was red then. What an earlier rollback ended was of another release. Unknown earlier firings
 * count for neither side: Lastgood cannot query monitoring tools, and a rollback must not wait for its own memory.
 */
export const firedNotBefore: Rule = ({ facts, settings: { windowMinutes }, scene }) => {
  const { request, plan, earlier } = facts;
  const { trigger } = request;
  if (trigger?.type !== 'request' || trigger.automatic !== true) return null;
  const deployment = scene?.suspect ?? plan.deployment;
  if (deployment === undefined) return null;
  const { startedAt, revision } = deployment;
  const from = after(startedAt, -windowMinutes * 60);
  const times = withoutHealedFirings(trigger.before ?? [], earlier).filter((at) =>
    isWithin(at, from, startedAt),
  ).length;
  if (times === 0) return null;
  return ask(
    `The alert of ${trigger.by} had fired ${times === 1 ? 'once' : `${times} times`} within the ${inMinutes(windowMinutes * 60)} before the deployment of ${revision.name} began: it may be flapping.`,
  );
};

/**
 * Many targets whose alerts begin at once have a common cause. A message names only the alerts that its tool grouped,
 * so more targets may hurt. But a bad release also hurts its neighbours, which are in the same group. So this takes as
 * many other targets as the rule on alarms.
 */
export const firesAlone: Rule = ({ facts: { request, stormsAreOff } }) => {
  const { trigger } = request;
  if (trigger?.type !== 'request' || trigger.automatic !== true || stormsAreOff === true) return null;
  const others = trigger.with ?? [];
  if (others.length < MANY_OTHERS) return null;
  const names = others.slice(0, MANY_OTHERS).join(', ');
  return ask(
    `Alerts of ${others.length} other targets began at the same time (${names}), which suggests a common cause.`,
  );
};

function isWithin(at: Instant, from: Instant, to: Instant): boolean {
  return !isAfter(from, at) && isAfter(to, at);
}
