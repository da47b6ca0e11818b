import { isNamed } from '../../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../../src/rollback/document.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import type { Clients } from './clients.ts';
import { isInFlight, type CodeDeployment } from './code-deploy.ts';
import { readDetails } from './details.ts';
import { newerDeployments } from './newer.ts';

/** Freezes the deployment at fault, and no other: one that came later may be the fix. */
export function stopWith({
  codeDeploy,
  now,
}: Pick<Clients, 'codeDeploy' | 'now'>): (rollback: Planned) => Promise<Stopped> {
  return async ({ plan }) => {
    const { deployment: id } = readDetails(plan);
    const deployment = await codeDeploy.deployment(id);
    if (deployment === null) return { state: 'not-running' };
    if (!isInFlight(deployment)) {
      const [newer] = await newerDeployments(codeDeploy, plan);
      return newer === undefined ? asItStands(deployment, plan, now) : { state: 'not-running' };
    }
    const goesBack = plan.rungs[0].name === STOP_DEPLOYMENT;
    try {
      // A group runs one deployment at a time: where its own rollback would bring back the wrong one, it has to end.
      await codeDeploy.stop(id, goesBack);
    } catch (error) {
      if (!isNamed(error, 'DeploymentAlreadyCompletedException')) throw error;
      return { state: 'not-running' };
    }
    return { state: goesBack ? 'reverting' : 'stopped', at: now(), deployment: id };
  };
}

function asItStands(
  { id, status, rolledBackBy }: CodeDeployment,
  plan: Planned['plan'],
  now: () => string,
): Stopped {
  // Where CodeDeploy was seen to go back, it may not have made its rollback yet.
  if (rolledBackBy !== null || plan.state === 'join')
    return { state: 'reverting', at: now(), deployment: id };
  // An earlier try stopped it: the plan saw it running.
  if (status !== 'Stopped' || plan.deployment?.state !== 'in-flight') return { state: 'not-running' };
  const goesBack = plan.rungs[0].name === STOP_DEPLOYMENT;
  return { state: goesBack ? 'reverting' : 'stopped', at: now(), deployment: id };
}
