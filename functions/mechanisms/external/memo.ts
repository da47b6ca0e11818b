import * as z from 'zod/mini';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The newest deployment that was reported; null: none was. */
  newest: z.nullable(z.string()),
  /** The same, if it was in flight. */
  inFlight: z.optional(z.string()),
});
export type Memo = z.infer<typeof Memo>;
