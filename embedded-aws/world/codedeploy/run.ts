import type { DeploymentOverview, DeploymentTarget, DeploymentWaitType } from '@aws-sdk/client-codedeploy';

/** A deployment under way on its platform. */
export interface Run {
  /** It stays where it is: nothing more of it happens, and the desk hears no more. */
  stop(): void;
  /** ContinueDeployment. @throws AwsError when it does not wait for that */
  proceed(wait: DeploymentWaitType): void;
  /** As BatchGetDeploymentTargets shows them. Also asked after the end. */
  targets(): readonly DeploymentTarget[];
  /** How many of its targets are in which state; null: not shown yet. */
  overview(): DeploymentOverview | null;
}
