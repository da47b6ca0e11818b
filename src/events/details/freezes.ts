import * as z from 'zod/mini';
import { instant, revision, version } from './common.ts';

/**
 * A freeze. With `revision` and `execution`: a rollback condemned this revision for good. Without them: a person froze
 * the whole target.
 */
export const frozen = z.object({
  version,
  target: z.string(),
  reason: z.string(),
  /** `lastgood` after a rollback, otherwise the person who froze the target, as named in the request. */
  by: z.string(),
  frozenAt: instant,
  /** Expiry of the freeze. Absent: it lasts until a person ends it, and for a revision for ever. */
  until: z.optional(instant),
  revision: z.optional(revision),
  execution: z.optional(z.string()),
});

/** The end of a freeze by a person. Condemned revisions stay condemned. */
export const unfrozen = z.object({ version, target: z.string(), by: z.string(), unfrozenAt: instant });
