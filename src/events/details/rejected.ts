import * as z from 'zod/mini';
import { instant, version } from './common.ts';

/** A request that could not be accepted. Nothing was started and nothing was changed. */
export const rejected = z.object({
  version,
  /** Id of the event that carried the request. */
  request: z.string(),
  /** Path of the wrong value, such as `request.target`. */
  field: z.string(),
  problem: z.string(),
  /** The `source` of the event that carried the request, and the account that it came from, as they were. */
  source: z.optional(z.string()),
  account: z.optional(z.string()),
  rejectedAt: instant,
});
