import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Json, Plan } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { Group } from './code-deploy.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  readonly controller: 'CODE_DEPLOY';
  readonly group: Group;
  /** Id of the deployment at fault, and when it was created by CodeDeploy's clock. */
  readonly deployment: string;
  readonly createdAt: Instant;
  /** What to deploy on the rung `redeploy`; null: that rung is not among them. */
  readonly revision: RevisionLocation | null;
}

export function toJson(memo: Memo): Json {
  return memo as unknown as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
