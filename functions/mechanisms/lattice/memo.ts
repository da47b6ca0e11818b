import * as z from 'zod/mini';

const Split = z.readonly(
  z.array(z.object({ group: z.string(), weight: z.number(), behind: z.exactOptional(z.string()) })),
);

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The division at the time of the plan. Lastgood did not write any third division. */
  from: Split,
  to: Split,
  /** How many healthy targets carry all of the traffic. Null: all of those that are to carry it must be healthy. */
  needed: z.nullable(z.number()),
  /** Names of the target groups, by id. */
  names: z.record(z.string(), z.string()),
});
export type Memo = z.infer<typeof Memo>;
