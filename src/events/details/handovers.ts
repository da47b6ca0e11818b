import * as z from 'zod/mini';
import { instant, version } from './common.ts';

/** A way back that another system is to make. It answers with `Rollback Answered`, and names `rollback`. */
export const wanted = z.object({
  version,
  /** Idempotency key: the same again is the same request. */
  rollback: z.string(),
  target: z.string(),
  /** The two parts of the target's name. */
  system: z.string(),
  name: z.string(),
  reason: z.string(),
  /** The revision that runs, as the system reported it; null: unknown. */
  from: z.nullable(z.string()),
  /** The revision to go back to; null: the last good one that the system knows. */
  to: z.nullable(z.string()),
  /** The system's id of the deployment that is still in flight; absent: none is known to be. */
  inFlight: z.optional(z.string()),
  /** A person rehearses: no harm is seen. */
  drill: z.boolean(),
  wantedAt: instant,
  /** Silence until then counts as failed. */
  deadline: instant,
  execution: z.string(),
});
