import { isNamed } from '../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { CodeDeploy, Deployment } from './codedeploy.ts';
import { readDetails } from './details.ts';
import { STOP_DEPLOYMENT } from './rungs.ts';
import { isAboutToBeRolledBack, isInFlight } from './status.ts';

interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly now: () => string;
}

/**
 * Freezes the deployment at fault, and no other. Where CodeDeploy's own rollback would bring back something else than the
 * last known good it is told not to, or stopped: it deploys one thing at a time, and the revert needs that place.
 */
export function stopWith(clients: Clients): Mechanism['stop'] {
  return async ({ plan }) => {
    const { codedeploy } = clients;
    const deployment = await codedeploy.deployment(readDetails(plan).deployment);
    const rollsBack = plan.rungs[0].name === STOP_DEPLOYMENT;
    const running = rollsBack ? deployment : await lastOf(codedeploy, deployment);
    if (running === null || !isInFlight(running)) return asItStands(deployment, plan, clients);
    try {
      await codedeploy.stop(running.id, rollsBack);
    } catch (error) {
      // It ended before the stop landed; how, is for Revert to see.
      if (!isNamed(error, 'DeploymentAlreadyCompletedException')) throw error;
      return asItStands(await codedeploy.deployment(running.id), plan, clients);
    }
    return { state: rollsBack ? 'reverting' : 'stopped', at: clients.now(), deployment: running.id };
  };
}

/** CodeDeploy's rollback of a deployment, where there is one; else the deployment itself. */
async function lastOf(codedeploy: CodeDeploy, deployment: Deployment | null): Promise<Deployment | null> {
  const id = deployment?.rolledBackBy ?? null;
  return id === null ? deployment : codedeploy.deployment(id);
}

function asItStands(deployment: Deployment | null, plan: Planned['plan'], { now }: Clients): Stopped {
  if (deployment === null) return { state: 'not-running' };
  const { id: stopped, status, rolledBackBy } = deployment;
  if (plan.rungs[0].name !== STOP_DEPLOYMENT) {
    // What the plan saw running was stopped: by an earlier try of ours, or by somebody.
    const isFrozen = status === 'Stopped' && plan.deployment?.state === 'in-flight';
    return isFrozen ? { state: 'stopped', at: now(), deployment: stopped } : { state: 'not-running' };
  }
  const isGoingBack = rolledBackBy !== null || isAboutToBeRolledBack(deployment, now());
  return isGoingBack ? { state: 'reverting', at: now(), deployment: stopped } : { state: 'not-running' };
}
