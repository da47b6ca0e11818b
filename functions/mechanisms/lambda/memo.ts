import * as z from 'zod/mini';
import { versionsOf } from './configuration.ts';
import type { Alias } from './lambda.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The alias's revision id when it was planned. */
  revisionId: z.string(),
  /** The versions that it named then: a change that names no other is the same rollout going on. */
  versions: z.readonly(z.array(z.string())),
});
export type Memo = z.infer<typeof Memo>;

export function memoOf(alias: Alias): Memo {
  return { revisionId: alias.revisionId, versions: versionsOf(alias) };
}
