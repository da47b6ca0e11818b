import * as z from 'zod/mini';

/** State that later verbs need from `plan`. It travels through Step Functions as JSON. */
export const Memo = z.object({});
export type Memo = z.infer<typeof Memo>;
