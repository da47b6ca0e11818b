import * as z from 'zod/mini';
import { asItCame } from '../../../../src/rollback/as-it-came.ts';
import type { Settings } from '../task-sets/task-sets.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  controller: z.literal('EXTERNAL'),
  /** ARN of the task set at fault, and when it was created, by ECS's clock. Task sets created later are newer. */
  atFault: z.string(),
  createdAt: z.string(),
  /** ARN of the task set on the rung `switch-back`; null: there is no such rung. */
  old: z.nullable(z.string()),
  /** The listeners and rules in front of its task sets. Absent: made by an earlier version. */
  places: z.optional(z.array(z.object({ arn: z.string(), shownBy: z.string() }))),
  /** Settings of the new task set on the rung `new-task-set`; null: there is no such rung. */
  settings: z.nullable(asItCame<Settings>('taskDefinition', 'loadBalancers')),
});
export type Memo = z.infer<typeof Memo>;
