import * as z from 'zod/mini';
import { instant, revision, version } from './common.ts';

/**
 * A lookout saw that a deployment hurts, or cannot say so where the deployment waits at a pause. With `act` it also
 * started a rollback, which publishes its own events. `execution` and `at` identify it.
 */
export const lookoutAccused = z.object({
  version,
  target: z.string(),
  /** ARN of the execution that follows the deployment. */
  execution: z.string(),
  /** AWS's id of the deployment. */
  deployment: z.string(),
  /** The accused revision. */
  revision,
  /** `observe`: nothing was started. */
  mode: z.enum(['observe', 'act']),
  /** What it saw, in whole sentences. */
  says: z.array(z.string()),
  at: instant,
  /** The first moment of the harm that it saw; absent: it cannot say whether there is harm. */
  since: z.optional(instant),
});
