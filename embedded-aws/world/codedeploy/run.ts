import type { DeploymentOverview, DeploymentTarget, DeploymentWaitType } from '@aws-sdk/client-codedeploy';

/** A deployment in progress on its platform. */
export interface Run {
  /** Stops where it is: nothing more happens, and it reports nothing more. */
  stop(): void;
  /**
   * Continues after a wait, for ContinueDeployment.
   * @throws AwsError when it is not in that wait
   */
  proceed(wait: DeploymentWaitType): void;
  /** Returns the targets as BatchGetDeploymentTargets shows them, also after the end. */
  targets(): readonly DeploymentTarget[];
  /** Returns the number of targets per state; null if it is not shown yet. */
  overview(): DeploymentOverview | null;
}
