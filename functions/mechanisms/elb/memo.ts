import * as z from 'zod/mini';

const Split = z.readonly(
  z.array(z.object({ targetGroup: z.string(), weight: z.number(), behind: z.exactOptional(z.string()) })),
);

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** How traffic was divided when it was planned: any third division is somebody else's. */
  from: Split,
  to: Split,
  /** Healthy targets that it takes to carry all of the traffic. */
  needed: z.number(),
});
export type Memo = z.infer<typeof Memo>;
