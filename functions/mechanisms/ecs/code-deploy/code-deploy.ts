import type { Ending } from '../../../../src/aws/code-deploy/own-rollback.ts';
import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Tags } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';

/** AWS CodeDeploy for ECS services, in the words of Lastgood. Errors are AWS's own. */
export interface CodeDeploy {
  /** Null: CodeDeploy does not know it, or no longer does. */
  deployment(id: string): Promise<CodeDeployment | null>;
  /** Lists the newest 25 of a group, newest first. */
  deployments(group: Group): Promise<readonly CodeDeployment[]>;
  /**
   * Reads the texts of AppSpec files, each by its deployment's id. A missing one is in S3, or CodeDeploy no longer keeps
   * it.
   */
  appSpecs(deployments: readonly CodeDeployment[]): Promise<ReadonlyMap<string, string>>;
  /** Reads the tags of a deployment group, by its ARN. */
  tags(arn: string): Promise<Tags>;
  /** StopDeployment. @throws DeploymentAlreadyCompletedException, DeploymentDoesNotExistException */
  stop(id: string, autoRollback: boolean): Promise<void>;
  /** Calls CreateDeployment, all at once, without alarms and automatic rollback. Returns its id. */
  deploy(group: Group, revision: RevisionLocation, description: string): Promise<string>;
}

export interface Group {
  readonly application: string;
  readonly group: string;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
export interface CodeDeployment extends Group, Ending {
  readonly id: string;
  /** Why it is in that status; empty if CodeDeploy gives no reason. */
  readonly reason: string;
  readonly createdAt: Instant;
  readonly revision: RevisionLocation;
  readonly description: string;
  /** Id of the deployment that this one rolls back. */
  readonly rollbackOf: string | null;
  /** It divides the traffic between both revisions for a time. */
  readonly divides: boolean;
  /** ARNs of the listeners on which it shifts users. Empty: unknown. */
  readonly listeners: readonly string[];
  /** Names of the two target groups between which it shifts them. Empty: unknown. */
  readonly groups: readonly string[];
}
