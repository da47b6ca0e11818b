import type { Ending } from '../../../../src/aws/code-deploy/own-rollback.ts';
import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Tags } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';

/** AWS CodeDeploy in our words, as far as it deploys ECS services. Errors are AWS's own. */
export interface CodeDeploy {
  /** Null: CodeDeploy does not know it (any more). */
  deployment(id: string): Promise<CodeDeployment | null>;
  /** The newest 25 of a group, newest first. */
  deployments(group: Group): Promise<readonly CodeDeployment[]>;
  /** The text of an AppSpec file; null: it lies in S3, or is not kept any more. */
  appSpec(application: string, revision: RevisionLocation): Promise<string | null>;
  /** Tags of a deployment group, by its ARN. */
  tags(arn: string): Promise<Tags>;
  /** StopDeployment. @throws DeploymentAlreadyCompletedException, DeploymentDoesNotExistException */
  stop(id: string, autoRollback: boolean): Promise<void>;
  /** CreateDeployment, all at once, without alarms and without a rollback of its own. Answers with its id. */
  deploy(group: Group, revision: RevisionLocation, description: string): Promise<string>;
}

export interface Group {
  readonly application: string;
  readonly group: string;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
export interface CodeDeployment extends Group, Ending {
  readonly id: string;
  /** Why it is in that status; empty when CodeDeploy does not say. */
  readonly reason: string;
  readonly createdAt: Instant;
  readonly revision: RevisionLocation;
  readonly description: string;
  /** Id of the deployment that this one rolls back. */
  readonly rollbackOf: string | null;
}
