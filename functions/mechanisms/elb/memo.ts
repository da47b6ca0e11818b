import * as z from 'zod/mini';

const Split = z.readonly(
  z.array(z.object({ targetGroup: z.string(), weight: z.number(), behind: z.exactOptional(z.string()) })),
);

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The division at the time of the plan. Lastgood did not write any third division. */
  from: Split,
  to: Split,
  /** How many healthy targets carry all of the traffic, by the groups that are to lose it. */
  needed: z.number(),
  /** Names of the Auto Scaling groups that tags name, by the ARNs of their target groups. */
  groups: z.exactOptional(z.record(z.string(), z.string())),
  /** ARNs of the target groups that the plan found too small. */
  growing: z.exactOptional(z.readonly(z.array(z.string()))),
});
export type Memo = z.infer<typeof Memo>;
