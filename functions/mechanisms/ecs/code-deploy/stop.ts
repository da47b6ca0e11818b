import {
  isAboutToBeRolledBack,
  isInFlight,
  mayStillBeRolledBack,
  ownRollbackOf,
} from '../../../../src/aws/code-deploy/own-rollback.ts';
import { isNamed } from '../../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../../src/rollback/document.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import type { Clients } from './clients.ts';
import type { CodeDeployment } from './code-deploy.ts';
import type { Memo } from './memo.ts';
import { newerDeployments } from './newer.ts';

/**
 * Freezes the deployment at fault, and no other: a later one may be the fix. Stop always requests a rollback, even to
 * another revision than the last known good. Only then CodeDeploy ends the new tasks behind the target group that the
 * next deployment uses (ADR 16).
 */
export function stopWith({
  codeDeploy,
  now,
}: Pick<Clients, 'codeDeploy' | 'now'>): (rollback: Planned<Memo>) => Promise<Stopped> {
  return async ({ plan }) => {
    const { deployment: id } = plan.memo;
    const deployment = await codeDeploy.deployment(id);
    if (deployment === null) return { state: 'not-running' };
    if (!isInFlight(deployment)) {
      const [newer] = await newerDeployments(codeDeploy, plan);
      return newer === undefined ? asItStands(deployment, plan, codeDeploy, now()) : { state: 'not-running' };
    }
    try {
      await codeDeploy.stop(id, true);
    } catch (error) {
      if (!isNamed(error, 'DeploymentAlreadyCompletedException')) throw error;
      // It ended before the stop, for example by an alarm. Its own rollback is joined, or Settle waits for it.
      const ended = await codeDeploy.deployment(id);
      return ended === null ? { state: 'not-running' } : asItStands(ended, plan, codeDeploy, now());
    }
    return { state: 'reverting', at: now(), deployment: id };
  };
}

async function asItStands(
  deployment: CodeDeployment,
  plan: Planned<Memo>['plan'],
  codeDeploy: Clients['codeDeploy'],
  now: Instant,
): Promise<Stopped> {
  const { id, status } = deployment;
  const wasStopped = status === 'Stopped' && plan.deployment?.state === 'in-flight';
  // An earlier try may have requested a rollback, because the plan found it in flight. Settle polls whether it begins.
  const mayBeRequested = wasStopped && !deployment.endedByItself && mayStillBeRolledBack(deployment, now);
  const isGoingBack =
    isAboutToBeRolledBack(deployment, now) || mayBeRequested || (await isTaken(deployment, plan, codeDeploy));
  return isGoingBack ? { state: 'reverting', at: now, deployment: id } : { state: 'not-running' };
}

/**
 * Returns whether a rollback restores the wanted revision, however far it is, or must end before the new deployment.
 */
async function isTaken(
  deployment: CodeDeployment,
  { rungs }: Planned<Memo>['plan'],
  codeDeploy: Clients['codeDeploy'],
): Promise<boolean> {
  if (rungs[0].name === STOP_DEPLOYMENT) return deployment.rolledBackBy !== null;
  const rollback = await ownRollbackOf(codeDeploy, deployment);
  return rollback !== null && isInFlight(rollback);
}
