import * as z from 'zod/mini';
import { idOf } from './revision.ts';
import type { Survey } from './survey.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** Id of the refresh at fault, the newest at the time of the plan; null: there was none. */
  refresh: z.nullable(z.string()),
  /** The group's own version at the time of the plan. Any other later value was set by a pipeline or an operator. */
  saved: z.string(),
  /** The version to set. */
  to: z.object({
    template: z.string(),
    version: z.string(),
    imageOf: z.optional(z.record(z.string(), z.string())),
    rootsKeeping: z.optional(z.number()),
  }),
});
export type Memo = z.infer<typeof Memo>;

export function memoOf({ newest, group }: Survey, to: Memo['to']): Memo {
  return {
    refresh: newest?.id ?? null,
    saved: group.saved === null ? '' : idOf(group.saved),
    to,
  };
}
