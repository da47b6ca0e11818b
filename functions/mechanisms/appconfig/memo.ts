import * as z from 'zod/mini';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** Number of the profile's newest deployment at the time of the plan. Later ones are another's, or Lastgood's. */
  number: z.number(),
  /** Names of the environment's monitors. */
  monitors: z.readonly(z.array(z.string())),
});
export type Memo = z.infer<typeof Memo>;
