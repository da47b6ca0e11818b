import type { Rule } from './rule.ts';
import { inMinutes, isAfter, secondsBetween } from '../time.ts';
import { act, skip } from './rule.ts';

/**
 * AWS reports that a deployment failed. A rollback would undo the newest deployment. So a newer deployment speaks
 * against it, and so does a failure that is older than the window.
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
