import type { DeploymentStatus, RevisionLocation, TargetInstances } from '@aws-sdk/client-codedeploy';
import type { Ending } from '../../../src/aws/code-deploy/own-rollback.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { GroupName } from '../../../src/targets/kinds/codedeploy/target.ts';

/** AWS CodeDeploy in the words of Lastgood. Errors are AWS's own. */
export interface CodeDeploy {
  /** Null: there is no such deployment group or application. */
  group(name: GroupName): Promise<Group | null>;
  /**
   * Reads the group's tags from CodeDeploy itself, which are never late: IAM cannot check them for StopDeployment.
   */
  tags(name: GroupName): Promise<Tags>;
  /**
   * Lists one group's deployments, newest first, or those created after an instant. Skips those of starting instances.
   */
  deployments(group: Group, createdAfter?: Instant): Promise<readonly Deployment[]>;
  /**
   * Reads deployments by their ids, and all that were created after an instant, newest first. Skips those that CodeDeploy
   * does not know, and those of starting instances. Null: there is no such deployment group or application.
   */
  since(
    name: GroupName,
    createdAfter: Instant,
    ids: readonly string[],
  ): Promise<readonly Deployment[] | null>;
  /** Null: CodeDeploy does not know it. */
  deployment(id: string): Promise<Deployment | null>;
  /** Reads the revision with the content of its AppSpec. Null: CodeDeploy does not know it, or no longer does. */
  revision(application: string, revision: RevisionLocation): Promise<RevisionLocation | null>;
  /** Reads several as `revision` does, in their order. */
  revisions(
    application: string,
    revisions: readonly RevisionLocation[],
  ): Promise<readonly (RevisionLocation | null)[]>;
  /**
   * Returns how many instances a deployment configuration keeps in service, as a count or in percent. Null: it was deleted,
   * or is for another platform.
   */
  minimumHealthy(config: string): Promise<number | null>;
  /** Counts the instances that a deployment brought its revision to. */
  size(group: Group, deployment: string): Promise<number>;
  /** StopDeployment. @throws DeploymentAlreadyCompletedException */
  stop(deployment: string, rollBack: boolean): Promise<void>;
  /** Calls CreateDeployment, without alarms and automatic rollback. Returns the id of the deployment. */
  create(name: GroupName, redeployment: Redeployment, description: string): Promise<string>;
}

export interface Group {
  readonly name: GroupName;
  /** Server, Lambda or ECS. */
  readonly platform: string;
  /** Names of the alarms that stop its deployments. */
  readonly alarms: readonly string[];
  /** Names of the target groups that its instances serve behind. */
  readonly targetGroups: readonly string[];
  /** Names of the Auto Scaling groups whose instances it deploys to. */
  readonly autoScalingGroups: readonly string[];
  readonly isBlueGreen: boolean;
  /** The replacement environment consists of instances that each deployment names. */
  readonly discoversInstances: boolean;
  /** `cluster/service` of the services that it deploys; ECS only. */
  readonly services: readonly string[];
  readonly lastAttempted: LastDeployment | null;
  readonly lastSuccessful: LastDeployment | null;
}

export interface LastDeployment {
  readonly id: string;
  readonly status: DeploymentStatus;
  /** Null: CodeDeploy does not say. */
  readonly createdAt: Instant | null;
  readonly finishedAt: Instant | null;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
export interface Deployment extends Ending {
  readonly id: string;
  /** What it deploys, as AWS shows it, which is without the content of an AppSpec. */
  readonly revision: RevisionLocation;
  readonly createdAt: Instant;
  /** `user`, `codeDeployRollback`, `autoscaling` … */
  readonly creator: string;
  readonly description: string;
  /** `ALARM_ACTIVE: …`; empty: nothing went wrong. */
  readonly error: string;
  /** Id of the deployment that this one rolls back. */
  readonly rollsBack: string | null;
  /** It divides the traffic between both revisions for a time. */
  readonly divides: boolean;
  /** It takes every instance out of service for a while. */
  readonly takesAll: boolean;
  /** Name of a configuration of the user's own, which alone says whether it takes every instance out of service. */
  readonly ownConfig: string | null;
  /** Traffic has moved, and the original instances wait to be terminated. */
  readonly hasMoved: boolean;
  /** How many instances it deploys to, both environments of a blue/green deployment together; 0: not known. */
  readonly size: number;
  /** How many instances did not get its revision; 0 also if there are none, as on Lambda. */
  readonly missed: number;
  /** The instances of the replacement environment, if the deployment names them. */
  readonly instances: TargetInstances | null;
}

/** The deployment that restores a revision. */
export interface Redeployment {
  readonly revision: RevisionLocation;
  /** Null: the group's own. */
  readonly config: string | null;
  readonly instances: TargetInstances | null;
  /** Lambda ignores the remaining settings. */
  readonly isServer: boolean;
}
