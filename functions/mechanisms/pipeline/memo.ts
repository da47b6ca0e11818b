import * as z from 'zod/mini';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The last execution in the stage at the time of the plan. A later one overtakes. */
  latest: z.string(),
  /** Rollbacks to the wanted execution that were known then: none of them is that of this rollback. */
  known: z.readonly(z.array(z.string())),
  /** Whether the inbound transition is disabled with the rollback. */
  holds: z.boolean(),
});
export type Memo = z.infer<typeof Memo>;
