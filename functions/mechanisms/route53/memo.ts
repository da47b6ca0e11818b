import * as z from 'zod/mini';
import { asRecord } from '../../../src/rollback/json.ts';
import type { Weights } from './weights.ts';

/** Accepts identifiers with any text. A record of zod would drop `__proto__`. */
const weights = z.custom<Weights>((value) => {
  const record = asRecord(value);
  return record !== null && Object.values(record).every((weight) => typeof weight === 'number');
}, 'must be weights');

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  from: weights,
  to: weights,
  /** How many targets carry all of the traffic, behind the load balancers of all records. */
  needed: z.exactOptional(z.number()),
  /** ARNs of the load balancers, by DNS name. */
  balancers: z.exactOptional(z.record(z.string(), z.string())),
  lifetime: z.object({ ttl: z.number(), unknown: z.readonly(z.array(z.string())) }),
});
export type Memo = z.infer<typeof Memo>;
