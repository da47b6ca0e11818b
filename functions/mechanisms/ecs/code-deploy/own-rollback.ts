import type { Rollback } from '../../../../src/rollback/document.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import {
  isAboutToBeRolledBack,
  isInFlight,
  mayStillBeRolledBack,
  type CodeDeploy,
  type CodeDeployment,
} from './code-deploy.ts';

type Reads = Pick<CodeDeploy, 'deployment'>;

/** CodeDeploy's rollback of a deployment; null: there is none, or none yet. */
export async function ownRollbackOf(
  codeDeploy: Reads,
  { rolledBackBy }: CodeDeployment,
): Promise<CodeDeployment | null> {
  return rolledBackBy === null ? null : codeDeploy.deployment(rolledBackBy);
}

/**
 * What stands in the way of a deployment of ours, for CodeDeploy deploys one thing at a time: the deployment at fault until
 * it has ended and while its rollback is about to begin, or that rollback. Null: nothing.
 */
export async function inTheWay(
  codeDeploy: Reads,
  deployment: CodeDeployment,
  stopped: Rollback['stopped'],
  now: Instant,
): Promise<CodeDeployment | null> {
  if (isInFlight(deployment) || isAboutToGoBack(deployment, stopped, now)) return deployment;
  const rollback = await ownRollbackOf(codeDeploy, deployment);
  return rollback !== null && isInFlight(rollback) ? rollback : null;
}

/** Its rollback is about to begin, without anybody's word or because Stop told CodeDeploy so. */
export function isAboutToGoBack(
  deployment: CodeDeployment,
  stopped: Rollback['stopped'],
  now: Instant,
): boolean {
  if (stopped?.state === 'reverting') return mayStillBeRolledBack(deployment, now);
  return deployment.endedByItself && isAboutToBeRolledBack(deployment, now);
}
