import * as z from 'zod/mini';
import { instant, version } from './common.ts';

/** A rejected request. Lastgood started nothing and changed nothing. */
export const rejected = z.object({
  version,
  /** Id of the event that carried the request. */
  request: z.string(),
  /** Path of the wrong value, such as `request.target`. */
  field: z.string(),
  problem: z.string(),
  /** The `source` and the account of the event that carried the request, unchanged. */
  source: z.optional(z.string()),
  account: z.optional(z.string()),
  rejectedAt: instant,
});
