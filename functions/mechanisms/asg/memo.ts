import * as z from 'zod/mini';
import { idOf, type TemplateVersion } from './revision.ts';
import type { Survey } from './survey.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** Id of the refresh at fault, the newest there was; null: there was none. */
  refresh: z.nullable(z.string()),
  /** What the group said: whatever else it says later, somebody else put there. */
  saved: z.string(),
  /** The version to put there. */
  to: z.object({ template: z.string(), version: z.string() }),
});
export type Memo = z.infer<typeof Memo>;

export function memoOf({ newest, group }: Survey, to: TemplateVersion): Memo {
  return {
    refresh: newest?.id ?? null,
    saved: group.saved === null ? '' : idOf(group.saved),
    to: { template: to.id, version: to.version },
  };
}
