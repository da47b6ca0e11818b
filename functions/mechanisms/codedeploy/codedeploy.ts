import type { DeploymentStatus, RevisionLocation, TargetInstances } from '@aws-sdk/client-codedeploy';
import type { Ending } from '../../../src/aws/code-deploy/own-rollback.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { GroupName } from '../../../src/targets/kinds/codedeploy/target.ts';

/** AWS CodeDeploy in our words. Errors are AWS's own. */
export interface CodeDeploy {
  /** Null: no such deployment group, or no such application. */
  group(name: GroupName): Promise<Group | null>;
  tags(name: GroupName): Promise<Tags>;
  /** Newest first, of one group, those that instances made by starting left out; or those created after an instant. */
  deployments(group: Group, createdAfter?: Instant): Promise<readonly Deployment[]>;
  /** Null: CodeDeploy does not know it. */
  deployment(id: string): Promise<Deployment | null>;
  /** The revision with the content of its AppSpec. Null: CodeDeploy does not know it (any more). */
  revision(application: string, revision: RevisionLocation): Promise<RevisionLocation | null>;
  /** How many instances a deployment brought its revision to. */
  size(group: Group, deployment: string): Promise<number>;
  /** StopDeployment. @throws DeploymentAlreadyCompletedException */
  stop(deployment: string, rollBack: boolean): Promise<void>;
  /** CreateDeployment, with neither alarms nor a rollback of its own. Answers with the id of the deployment. */
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
  /** The replacement environment is instances that each deployment names. */
  readonly discoversInstances: boolean;
  /** `cluster/service` of the services that it deploys; ECS only. */
  readonly services: readonly string[];
  readonly lastAttempted: LastDeployment | null;
  readonly lastSuccessful: LastDeployment | null;
}

export interface LastDeployment {
  readonly id: string;
  readonly status: DeploymentStatus;
  readonly finishedAt: Instant | null;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
export interface Deployment extends Ending {
  readonly id: string;
  /** What it deploys, as AWS has it; the content of an AppSpec is never there. */
  readonly revision: RevisionLocation;
  readonly createdAt: Instant;
  /** `user`, `codeDeployRollback`, `autoscaling` … */
  readonly creator: string;
  readonly description: string;
  /** `ALARM_ACTIVE: …`; empty: nothing went wrong. */
  readonly error: string;
  /** Id of the deployment that this one takes back. */
  readonly rollsBack: string | null;
  /** Traffic has moved, and the original instances wait to be terminated. */
  readonly hasMoved: boolean;
  /** How many instances it has not brought its revision to; 0 also where there are none, as on Lambda. */
  readonly missed: number;
  /** The instances of the replacement environment, where the deployment named them. */
  readonly instances: TargetInstances | null;
}

/** What is deployed to go back. */
export interface Redeployment {
  readonly revision: RevisionLocation;
  /** Null: the group's own. */
  readonly config: string | null;
  readonly instances: TargetInstances | null;
  /** The rest means nothing on Lambda. */
  readonly isServer: boolean;
}
