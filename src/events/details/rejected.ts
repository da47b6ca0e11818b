import * as z from 'zod/mini';
import { instant, version } from './common.ts';

/**
 * A rejected request, or a word of an alarm's tag that names no target. Lastgood started nothing for it and changed
 * nothing.
 */
export const rejected = z.object({
  version,
  /** Id of the event that carried the request. For an alarm: its ARN and the instant of its turn. */
  request: z.string(),
  /** Path of the wrong value, such as `request.target`. */
  field: z.string(),
  problem: z.string(),
  /** Name of the alarm; absent: a request was rejected. */
  alarm: z.optional(z.string()),
  /** The `source` and the account of the event that carried the request, unchanged. */
  source: z.optional(z.string()),
  account: z.optional(z.string()),
  rejectedAt: instant,
});
