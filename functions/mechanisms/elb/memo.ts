import * as z from 'zod/mini';

const Split = z.readonly(
  z.array(z.object({ targetGroup: z.string(), weight: z.number(), behind: z.exactOptional(z.string()) })),
);

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The division at the time of the plan. Lastgood did not write any third division. */
  from: Split,
  to: Split,
  /** How many healthy targets carry all of the traffic. */
  needed: z.number(),
});
export type Memo = z.infer<typeof Memo>;
