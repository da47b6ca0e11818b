import { isNamed } from '../../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../../src/rollback/document.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import type { Clients } from './clients.ts';
import {
  isAboutToBeRolledBack,
  isInFlight,
  mayStillBeRolledBack,
  type CodeDeployment,
} from './code-deploy.ts';
import { readDetails } from './details.ts';
import { newerDeployments } from './newer.ts';
import { ownRollbackOf } from './own-rollback.ts';

/**
 * Freezes the deployment at fault, and no other: one that came later may be the fix. Where CodeDeploy's own rollback would
 * bring back something else than the last known good it is told not to, or stopped: a group deploys one thing at a time.
 */
export function stopWith({
  codeDeploy,
  now,
}: Pick<Clients, 'codeDeploy' | 'now'>): (rollback: Planned) => Promise<Stopped> {
  return async ({ plan }) => {
    const { deployment: id } = readDetails(plan);
    const deployment = await codeDeploy.deployment(id);
    if (deployment === null) return { state: 'not-running' };
    const goesBack = plan.rungs[0].name === STOP_DEPLOYMENT;
    const rollback = goesBack ? null : await ownRollbackOf(codeDeploy, deployment);
    const running = rollback ?? deployment;
    if (!isInFlight(running)) {
      const [newer] = await newerDeployments(codeDeploy, plan);
      return newer === undefined ? asItStands(deployment, plan, now()) : { state: 'not-running' };
    }
    try {
      await codeDeploy.stop(running.id, goesBack);
    } catch (error) {
      if (!isNamed(error, 'DeploymentAlreadyCompletedException')) throw error;
      // It ended before the stop landed, by one of its alarms say: its own rollback is joined where it brings the right one.
      const ended = await codeDeploy.deployment(id);
      return ended === null ? { state: 'not-running' } : asItStands(ended, plan, now());
    }
    return { state: goesBack ? 'reverting' : 'stopped', at: now(), deployment: running.id };
  };
}

function asItStands(deployment: CodeDeployment, plan: Planned['plan'], now: Instant): Stopped {
  const { id, status, rolledBackBy } = deployment;
  const wasStopped = status === 'Stopped' && plan.deployment?.state === 'in-flight';
  if (plan.rungs[0].name !== STOP_DEPLOYMENT)
    return wasStopped ? { state: 'stopped', at: now, deployment: id } : { state: 'not-running' };
  // An earlier try of ours may have told it to go back: the plan saw it running. Settle sees whether it does.
  const mayHaveBeenTold = wasStopped && !deployment.endedByItself && mayStillBeRolledBack(deployment, now);
  const isGoingBack = rolledBackBy !== null || isAboutToBeRolledBack(deployment, now) || mayHaveBeenTold;
  return isGoingBack ? { state: 'reverting', at: now, deployment: id } : { state: 'not-running' };
}
