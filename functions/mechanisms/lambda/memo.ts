import * as z from 'zod/mini';
import { versionsOf } from './configuration.ts';
import type { Alias } from './lambda.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The alias's revision id at the time of the plan. */
  revisionId: z.string(),
  /** The versions that the alias named then. A change that names no other belongs to the same rollout. */
  versions: z.readonly(z.array(z.string())),
});
export type Memo = z.infer<typeof Memo>;

export function memoOf(alias: Alias): Memo {
  return { revisionId: alias.revisionId, versions: versionsOf(alias) };
}
