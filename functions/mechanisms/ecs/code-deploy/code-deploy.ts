import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Tags } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { secondsBetween } from '../../../../src/rollback/time.ts';

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
export interface CodeDeployment extends Group {
  readonly id: string;
  readonly status: Status;
  /** Why it is in that status; empty when CodeDeploy does not say. */
  readonly reason: string;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
  readonly revision: RevisionLocation;
  readonly description: string;
  /** The deployment that rolls this one back, and the one that this one rolls back. */
  readonly rolledBackBy: string | null;
  readonly rollbackOf: string | null;
  /** It ended in a way that its group answers with a rollback; that is shown a few seconds later. */
  readonly isToBeRolledBack: boolean;
  /** It failed, or CodeDeploy stopped it, for an alarm say: nobody told it to end. */
  readonly endedByItself: boolean;
}

export type Status =
  'Created' | 'Queued' | 'InProgress' | 'Baking' | 'Succeeded' | 'Failed' | 'Stopped' | 'Ready';

/** From the end of a deployment until its rollback is to be seen. AWS gives no figure; after that none is waited for. */
const SEEN_WITHIN_SECONDS = 120;

const OVER: readonly Status[] = ['Succeeded', 'Failed', 'Stopped'];

/** Still under way: also while it waits before it terminates the original tasks. */
export function isInFlight({ status }: CodeDeployment): boolean {
  return !OVER.includes(status);
}

/** It ended without success so short a time ago that its rollback may only not be there yet. */
export function mayStillBeRolledBack(
  { status, rolledBackBy, finishedAt }: CodeDeployment,
  now: Instant,
): boolean {
  if (rolledBackBy !== null || status === 'Succeeded' || finishedAt === null) return false;
  return secondsBetween(finishedAt, now) < SEEN_WITHIN_SECONDS;
}

/** CodeDeploy takes it back by its group's configuration, and only has not begun yet. */
export function isAboutToBeRolledBack(deployment: CodeDeployment, now: Instant): boolean {
  return deployment.isToBeRolledBack && mayStillBeRolledBack(deployment, now);
}
