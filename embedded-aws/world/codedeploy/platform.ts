import type { ErrorCode, RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Deployment, Group } from './model.ts';
import type { Run } from './run.ts';

/**
 * What a compute platform (Server, Lambda, ECS) does with deployments. CodeDeploy keeps what is the same everywhere:
 * statuses, limits, alarms, rollbacks, events. The platform moves instances, aliases or task sets.
 */
export interface Platform {
  /** @throws AwsError when a deployment group of this platform cannot be set like this */
  checkGroup(group: Group): void;
  /** @throws AwsError when CreateDeployment refuses this deployment: InvalidRevisionException */
  checkDeployment(deployment: Deployment): void;
  /**
   * Begins. From now on everything happens by the clock, and the desk is told how it goes. Called once, with status
   * InProgress. Where `deployment.rollbackOf` is not null, it takes that deployment back.
   */
  start(deployment: Deployment, desk: Desk): Run;
  /**
   * The revision that rolling this deployment back deploys; null: there is nothing to go back to.
   * @param last revision of the group's last successful deployment
   */
  rollbackRevision(deployment: Deployment, last: RevisionLocation | null): RevisionLocation | null;
}

/** What the platform tells CodeDeploy of a deployment under way. Told after the end, it changes nothing. */
export interface Desk {
  /** Traffic waits for ContinueDeployment: status Ready. */
  ready(): void;
  /** It goes on after a wait: status InProgress. */
  proceed(): void;
  /** The original instances or tasks wait for their termination. */
  terminationWait(): void;
  succeed(): void;
  /** A rollback follows where the group says so. */
  fail(code: ErrorCode, message: string): void;
  /** It stops itself: a wait ran out. */
  stop(code: ErrorCode, message: string): void;
}
