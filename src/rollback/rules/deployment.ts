import type { Rule } from './rule.ts';
import { inMinutes, isAfter, secondsBetween } from '../time.ts';
import { act, skip } from './rule.ts';

/**
 * AWS itself says that a deployment failed. It is the newest one that would be undone, so a newer one than the one that
 * failed, and a failure that somebody had time to look at, speak against it.
 */
export const stillFailed: Rule = ({ facts, settings: { windowMinutes } }) => {
  const {
    request: { trigger },
    plan: { deployment },
    takenUpAt,
  } = facts;
  if (trigger?.type !== 'deployment' || trigger.sign === 'stalled') return null;
  if (deployment !== undefined && isAfter(deployment.startedAt, trigger.at)) {
    return skip(
      `Deployment ${trigger.deployment} failed, and a newer one, of ${deployment.revision.name}, began after that.`,
    );
  }
  const age = secondsBetween(trigger.at, takenUpAt);
  if (age > windowMinutes * 60) {
    return skip(
      `Deployment ${trigger.deployment} failed ${inMinutes(age)} ago; the window is ${inMinutes(windowMinutes * 60)}.`,
    );
  }
  return act(
    `Deployment ${trigger.deployment} failed${trigger.reason === undefined ? '' : `: ${trigger.reason}`}.`,
  );
};
