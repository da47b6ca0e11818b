import { soleSource, succeededBefore } from './candidates.ts';
import type { DeploymentLine, ServiceDeployment } from '../ecs.ts';
import { isInFlight, isRollingBack } from '../status.ts';

/**
 * State of the newest deployment. It comes from the service deployment and never from the PRIMARY of DescribeServices:
 * the broken deployment is PRIMARY until the circuit breaker trips.
 * - rolling-out: it can be stopped, which would restore `awsGoesTo`; null: unknown.
 * - rolling-back: ECS natively restores `awsGoesTo`.
 * - went-back: ECS restored `from`.
 * - at-rest: it has ended, and no deployment is in flight.
 */
export type Standing =
  | { readonly state: 'rolling-out'; readonly from: string; readonly awsGoesTo: string | null }
  | { readonly state: 'rolling-back'; readonly from: string; readonly awsGoesTo: string | null }
  | { readonly state: 'went-back' | 'at-rest'; readonly from: string; readonly awsGoesTo: null };

/** Derives the state from the newest deployment; `from` is the revision that runs or is being rolled out. */
export function standingOf(newest: ServiceDeployment, deployments: readonly DeploymentLine[]): Standing {
  const { status, revision } = newest;
  if (isInFlight(status)) return { state: 'rolling-out', from: revision, awsGoesTo: soleSource(newest) };
  if (isRollingBack(status))
    return { state: 'rolling-back', from: revision, awsGoesTo: goesBackTo(newest, deployments) };
  if (status !== 'ROLLBACK_SUCCESSFUL') return { state: 'at-rest', from: revision, awsGoesTo: null };
  return { state: 'went-back', from: goesBackTo(newest, deployments) ?? revision, awsGoesTo: null };
}

/**
 * Returns the revision that a rollback restores: that of the last successful deployment. ECS names it after the
 * rollback began. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html
 */
function goesBackTo(newest: ServiceDeployment, deployments: readonly DeploymentLine[]): string | null {
  return wentBackTo(newest) ?? succeededBefore(deployments, newest)[0] ?? null;
}

/** Returns the revision that a deployment's own rollback deploys, if the deployment shows it. */
export function wentBackTo(deployment: ServiceDeployment): string | null {
  return deployment.rollbackRevision ?? soleSource(deployment);
}
