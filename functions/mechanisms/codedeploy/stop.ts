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
 * Freezes the deployment at fault, and no other. Where CodeDeploy's own rollback would bring back something else than the
 * last known good it is told not to, or stopped: it deploys one thing at a time, and the revert needs that place.
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
      // It ended before the stop landed, by one of its alarms say: its own rollback is joined where it brings the right one.
      return asItStands(await codedeploy.deployment(running.id), plan, clients);
    }
    return { state: rollsBack ? 'reverting' : 'stopped', at: clients.now(), deployment: running.id };
  };
}

function asItStands(deployment: Deployment | null, plan: Planned<Memo>['plan'], { now }: Clients): Stopped {
  if (deployment === null) return { state: 'not-running' };
  const { id: stopped, status, rolledBackBy } = deployment;
  // What the plan saw running was stopped: by an earlier try of ours, or by somebody.
  const wasStopped = status === 'Stopped' && plan.deployment?.state === 'in-flight';
  if (plan.rungs[0].name !== STOP_DEPLOYMENT)
    return wasStopped ? { state: 'stopped', at: now(), deployment: stopped } : { state: 'not-running' };
  // That try may have told it to go back. Settle sees whether it does.
  const mayHaveBeenTold = wasStopped && !deployment.endedByItself && mayStillBeRolledBack(deployment, now());
  const isGoingBack = rolledBackBy !== null || isAboutToBeRolledBack(deployment, now()) || mayHaveBeenTold;
  return isGoingBack ? { state: 'reverting', at: now(), deployment: stopped } : { state: 'not-running' };
}
