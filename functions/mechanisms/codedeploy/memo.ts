import type { Instant } from '../../../src/rollback/request.ts';
import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { Redeployment } from './codedeploy.ts';
import type { Release } from './releases.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  /** Id of the deployment at fault. */
  readonly deployment: string;
  /** When it was created, by CodeDeploy's clock: whatever was created after it is newer. */
  readonly createdAt: Instant;
  /** What is deployed on the rung `redeploy`; null: there is no such rung. */
  readonly redeployment: Redeployment | null;
}

export function detailsOf({ id, createdAt }: Release, redeployment: Redeployment | null): Json {
  const memo: Memo = { deployment: id, createdAt, redeployment };
  return JSON.parse(JSON.stringify(memo)) as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
