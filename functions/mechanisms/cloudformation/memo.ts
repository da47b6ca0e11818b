import * as z from 'zod/mini';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  stackId: z.string(),
  /** When the update at fault began, as the stack shows it; null: the stack shows none. */
  updatedAt: z.nullable(z.string()),
  /** Id of the event with which it began. Another one is another update. */
  startEvent: z.string(),
});
export type Memo = z.infer<typeof Memo>;
