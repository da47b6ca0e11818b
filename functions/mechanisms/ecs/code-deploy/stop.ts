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
import { deploymentsSince, type Since } from './newer.ts';

/**
 * Freezes the deployment at fault, and no other: a later one may be the fix. Stop always requests a rollback, even to
 * another revision than the last known good. Only then CodeDeploy ends the new tasks behind the target group that the
 * next deployment uses (ADR 16). Does not read the deployment first, because CodeDeploy refuses to stop one that has
 * ended.
 */
export function stopWith({
  codeDeploy,
  now,
}: Pick<Clients, 'codeDeploy' | 'now'>): (rollback: Planned<Memo>) => Promise<Stopped> {
  return async ({ plan }) => {
    const { deployment: id } = plan.memo;
    if (plan.deployment?.state === 'in-flight' && (await isStopped(id, codeDeploy)))
      return { state: 'reverting', at: now(), deployment: id };
    // It ended before, for example by an alarm. Its own rollback is joined, or Settle waits for it.
    const since = await deploymentsSince(codeDeploy, plan);
    if (since.atFault === null || since.newer.length > 0) return { state: 'not-running' };
    return asItStands(since.atFault, plan, since, now());
  };
}

/** Requests the stop. Returns false if the deployment has ended, or CodeDeploy no longer knows it. */
async function isStopped(id: string, codeDeploy: Clients['codeDeploy']): Promise<boolean> {
  try {
    await codeDeploy.stop(id, true);
    return true;
  } catch (error) {
    if (isNamed(error, 'DeploymentAlreadyCompletedException', 'DeploymentDoesNotExistException'))
      return false;
    throw error;
  }
}

async function asItStands(
  deployment: CodeDeployment,
  plan: Planned<Memo>['plan'],
  since: Since,
  now: Instant,
): Promise<Stopped> {
  const { id, status } = deployment;
  const wasStopped = status === 'Stopped' && plan.deployment?.state === 'in-flight';
  // An earlier try may have requested a rollback, because the plan found it in flight. Settle polls whether it begins.
  const mayBeRequested = wasStopped && !deployment.endedByItself && mayStillBeRolledBack(deployment, now);
  const isGoingBack =
    isAboutToBeRolledBack(deployment, now) || mayBeRequested || (await isTaken(deployment, plan, since));
  return isGoingBack ? { state: 'reverting', at: now, deployment: id } : { state: 'not-running' };
}

/**
 * Returns whether a rollback restores the wanted revision, however far it is, or must end before the new deployment.
 */
async function isTaken(
  deployment: CodeDeployment,
  { rungs }: Planned<Memo>['plan'],
  since: Since,
): Promise<boolean> {
  if (rungs[0].name === STOP_DEPLOYMENT) return deployment.rolledBackBy !== null;
  const rollback = await ownRollbackOf(since, deployment);
  return rollback !== null && isInFlight(rollback);
}
