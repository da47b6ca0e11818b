import * as z from 'zod/mini';
import { asItCame } from '../../../../src/rollback/as-it-came.ts';
import type { Settings } from '../task-sets/task-sets.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  controller: z.literal('EXTERNAL'),
  /** ARN of the task set at fault, and when it was created by ECS's clock: a younger one is newer than this plan. */
  atFault: z.string(),
  createdAt: z.string(),
  /** ARN of the task set on the rung `switch-back`; null: that rung is not among them. */
  old: z.nullable(z.string()),
  /** What a new task set is made with on the rung `new-task-set`; null: that rung is not among them. */
  settings: z.nullable(asItCame<Settings>('taskDefinition', 'loadBalancers')),
});
export type Memo = z.infer<typeof Memo>;
