import type { Json, Plan } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { Settings } from '../task-sets/task-sets.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  readonly controller: 'EXTERNAL';
  /** ARN of the task set at fault, and when it was created by ECS's clock: a younger one is newer than this plan. */
  readonly atFault: string;
  readonly createdAt: Instant;
  /** ARN of the task set on the rung `switch-back`; null: that rung is not among them. */
  readonly old: string | null;
  /** What a new task set is made with on the rung `new-task-set`; null: that rung is not among them. */
  readonly settings: Settings | null;
}

export function toJson(memo: Memo): Json {
  return memo as unknown as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
