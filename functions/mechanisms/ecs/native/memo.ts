import type { Instant } from '../../../../src/rollback/request.ts';
import type { Json, Plan } from '../../../../src/rollback/plan.ts';
import { changesBetween, type Changes } from '../configuration.ts';
import type { ServiceDeployment, ServiceRevision } from '../ecs.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  readonly controller: 'ECS';
  /** ARN of the deployment at fault, the newest there was; whatever was created after it is newer than this plan. */
  readonly deployment: string;
  /** When it was created, by ECS's clock. */
  readonly createdAt: Instant;
  /** What UpdateService is to be sent on the rung `redeploy`. */
  readonly changes: Changes;
}

export function detailsOf(newest: ServiceDeployment, atFault: ServiceRevision, to: ServiceRevision): Json {
  const changes = changesBetween(atFault.configuration, to.configuration);
  const memo: Memo = {
    controller: 'ECS',
    deployment: newest.arn,
    createdAt: newest.createdAt,
    changes,
  };
  return memo as unknown as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
