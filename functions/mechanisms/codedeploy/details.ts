import type { Instant } from '../../../src/rollback/request.ts';
import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { Redeployment } from './codedeploy.ts';
import type { Release } from './releases.ts';

/** What the verbs after `plan` need to remember. */
export interface Details {
  /** Id of the deployment at fault. */
  readonly deployment: string;
  /** When it was created, by CodeDeploy's clock: whatever was created after it is newer. */
  readonly createdAt: Instant;
  /** What is deployed on the rung `redeploy`; null: there is no such rung. */
  readonly redeployment: Redeployment | null;
}

export function detailsOf({ id, createdAt }: Release, redeployment: Redeployment | null): Json {
  const details: Details = { deployment: id, createdAt, redeployment };
  return JSON.parse(JSON.stringify(details)) as Json;
}

/** The details of a plan of ours: nobody else writes them. */
export function readDetails({ details }: Extract<Plan, { details: Json }>): Details {
  return details as unknown as Details;
}
