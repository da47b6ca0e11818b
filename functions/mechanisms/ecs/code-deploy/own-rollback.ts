import type { Instant } from '../../../../src/rollback/request.ts';
import { isAboutToBeRolledBack, isInFlight, type CodeDeploy, type CodeDeployment } from './code-deploy.ts';

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
  now: Instant,
): Promise<CodeDeployment | null> {
  if (isInFlight(deployment) || goesBackByItself(deployment, now)) return deployment;
  const rollback = await ownRollbackOf(codeDeploy, deployment);
  return rollback !== null && isInFlight(rollback) ? rollback : null;
}

/** Its rollback is about to begin without anybody's word. What we stopped ourselves was told not to go back. */
export function goesBackByItself(deployment: CodeDeployment, now: Instant): boolean {
  return deployment.endedByItself && isAboutToBeRolledBack(deployment, now);
}
