import type { Instant } from '../../../src/rollback/request.ts';
import type { CodeDeploy, Deployment } from './codedeploy.ts';
import { endedByItself, isAboutToBeRolledBack, isInFlight } from './status.ts';

type Reads = Pick<CodeDeploy, 'deployment'>;

/** CodeDeploy's rollback of a deployment; null: there is none, or none yet. */
export async function ownRollbackOf(
  codedeploy: Reads,
  { rolledBackBy }: Deployment,
): Promise<Deployment | null> {
  return rolledBackBy === null ? null : codedeploy.deployment(rolledBackBy);
}

/**
 * What stands in the way of a deployment of ours, for CodeDeploy deploys one thing at a time: the deployment at fault until
 * it has ended and while its rollback is about to begin, or that rollback. Null: nothing.
 */
export async function inTheWay(
  codedeploy: Reads,
  deployment: Deployment,
  now: Instant,
): Promise<Deployment | null> {
  if (isInFlight(deployment) || goesBackByItself(deployment, now)) return deployment;
  const rollback = await ownRollbackOf(codedeploy, deployment);
  return rollback !== null && isInFlight(rollback) ? rollback : null;
}

/** Its rollback is about to begin without anybody's word. What we stopped ourselves was told not to go back. */
export function goesBackByItself(deployment: Deployment, now: Instant): boolean {
  return endedByItself(deployment) && isAboutToBeRolledBack(deployment, now);
}
