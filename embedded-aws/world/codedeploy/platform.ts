import type { ErrorCode, RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Deployment, Group } from './model.ts';
import type { Run } from './run.ts';

/**
 * A compute platform (Server, Lambda, ECS). CodeDeploy handles statuses, limits, alarms, rollbacks and events. The
 * platform changes instances, aliases or task sets.
 */
export interface Platform {
  /**
   * Checks the settings of a deployment group.
   * @throws AwsError when this platform refuses them
   */
  checkGroup(group: Group): void;
  /**
   * Checks a deployment.
   * @throws AwsError when CreateDeployment refuses it: InvalidRevisionException
   */
  checkDeployment(deployment: Deployment): void;
  /**
   * Starts a deployment, once, with status InProgress. It then runs by the clock and reports to the desk. If
   * `deployment.rollbackOf` is not null, it rolls that deployment back.
   */
  start(deployment: Deployment, desk: Desk): Run;
  /**
   * Returns the revision that a rollback of this deployment deploys; null without a target.
   * @param last revision of the group's last successful deployment
   */
  rollbackRevision(deployment: Deployment, last: RevisionLocation | null): RevisionLocation | null;
}

/** Receives the platform's reports on a deployment in progress. Ignores reports after the end. */
export interface Desk {
  /** Traffic waits for ContinueDeployment: status Ready. */
  ready(): void;
  /** The deployment continues after a wait: status InProgress. */
  proceed(): void;
  /** The original instances or tasks wait for their termination. */
  terminationWait(): void;
  succeed(): void;
  /** Fails the deployment. A rollback follows if the group is configured so. */
  fail(code: ErrorCode, message: string): void;
  /** Stops the deployment: a wait timed out. */
  stop(code: ErrorCode, message: string): void;
}
