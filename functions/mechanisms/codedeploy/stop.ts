import {
  isAboutToBeRolledBack,
  isInFlight,
  mayStillBeRolledBack,
  ownRollbackOf,
} from '../../../src/aws/code-deploy/own-rollback.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { CodeDeploy, Deployment } from './codedeploy.ts';
import type { Memo } from './memo.ts';
import { STOP_DEPLOYMENT } from './rungs.ts';

interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly now: () => string;
}

/**
 * Freezes the deployment at fault, and no other. If CodeDeploy's own rollback would not restore the last known good,
 * Stop prevents or stops it: a group has one deployment in flight, and Revert needs that place.
 */
export function stopWith(clients: Clients): Mechanism<Memo>['stop'] {
  return async ({ plan }) => {
    const { codedeploy } = clients;
    const deployment = await codedeploy.deployment(plan.memo.deployment);
    const rollsBack = plan.rungs[0].name === STOP_DEPLOYMENT;
    const rollback = rollsBack || deployment === null ? null : await ownRollbackOf(codedeploy, deployment);
    const running = rollback ?? deployment;
    if (running === null || !isInFlight(running)) return asItStands(deployment, plan, clients);
    try {
      await codedeploy.stop(running.id, rollsBack);
    } catch (error) {
      if (!isNamed(error, 'DeploymentAlreadyCompletedException')) throw error;
      // It ended before the stop, for example by an alarm. Its own rollback is joined if it restores the right
      // revision.
      return asItStands(await codedeploy.deployment(running.id), plan, clients);
    }
    return { state: rollsBack ? 'reverting' : 'stopped', at: clients.now(), deployment: running.id };
  };
}

function asItStands(deployment: Deployment | null, plan: Planned<Memo>['plan'], { now }: Clients): Stopped {
  if (deployment === null) return { state: 'not-running' };
  const { id: stopped, status, rolledBackBy } = deployment;
  // The deployment in flight was stopped since the plan, by an earlier try of this rollback or by an operator.
  const wasStopped = status === 'Stopped' && plan.deployment?.state === 'in-flight';
  if (plan.rungs[0].name !== STOP_DEPLOYMENT)
    return wasStopped ? { state: 'stopped', at: now(), deployment: stopped } : { state: 'not-running' };
  // That try may have requested a rollback. Settle polls whether it begins.
  const mayBeRequested = wasStopped && !deployment.endedByItself && mayStillBeRolledBack(deployment, now());
  const isGoingBack = rolledBackBy !== null || isAboutToBeRolledBack(deployment, now()) || mayBeRequested;
  return isGoingBack ? { state: 'reverting', at: now(), deployment: stopped } : { state: 'not-running' };
}
