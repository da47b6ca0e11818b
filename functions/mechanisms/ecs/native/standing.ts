import { soleSource, succeededBefore } from './candidates.ts';
import type { DeploymentLine, ServiceDeployment } from '../ecs.ts';
import { isInFlight, isRollingBack } from '../status.ts';

/**
 * Where the newest deployment stands, by the service deployment and never by what DescribeServices calls PRIMARY: the
 * broken deployment is PRIMARY until the circuit breaker trips.
 * - rolling-out: it can be stopped; `native` is what that would bring back, null when nobody can say.
 * - rolling-back: ECS goes back to `native` by itself.
 * - went-back: ECS went back to `from`.
 * - at-rest: it is over and nothing is under way.
 */
export type Standing =
  | { readonly state: 'rolling-out'; readonly from: string; readonly awsGoesTo: string | null }
  | { readonly state: 'rolling-back'; readonly from: string; readonly awsGoesTo: string | null }
  | { readonly state: 'went-back' | 'at-rest'; readonly from: string; readonly awsGoesTo: null };

/** Reads it from the newest deployment; `from` is the revision that runs or is being rolled out. */
export function standingOf(newest: ServiceDeployment, deployments: readonly DeploymentLine[]): Standing {
  const { status, revision } = newest;
  if (isInFlight(status)) return { state: 'rolling-out', from: revision, awsGoesTo: soleSource(newest) };
  if (isRollingBack(status))
    return { state: 'rolling-back', from: revision, awsGoesTo: goesBackTo(newest, deployments) };
  if (status !== 'ROLLBACK_SUCCESSFUL') return { state: 'at-rest', from: revision, awsGoesTo: null };
  return { state: 'went-back', from: goesBackTo(newest, deployments) ?? revision, awsGoesTo: null };
}

/**
 * A rollback deploys the revision of the last deployment that succeeded; ECS names it once the rollback began.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html
 */
function goesBackTo(newest: ServiceDeployment, deployments: readonly DeploymentLine[]): string | null {
  return wentBackTo(newest) ?? succeededBefore(deployments, newest)[0] ?? null;
}

/** The revision that a deployment's own rollback deploys, as far as the deployment says it. */
export function wentBackTo(deployment: ServiceDeployment): string | null {
  return deployment.rollbackRevision ?? soleSource(deployment);
}
