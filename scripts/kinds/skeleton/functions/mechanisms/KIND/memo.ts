import * as z from 'zod/mini';

/** What the verbs after `plan` need to remember. It travels through Step Functions as JSON. */
export const Memo = z.object({});
export type Memo = z.infer<typeof Memo>;
