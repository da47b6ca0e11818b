import * as z from 'zod/mini';
import { instant, revision, version } from './common.ts';

/**
 * Something may not be deployed. Either one revision for good, because a rollback condemned it (`revision` and
 * `execution` are there), or the target as a whole, because a person wants it so (neither is).
 */
export const frozen = z.object({
  version,
  target: z.string(),
  reason: z.string(),
  /** Who froze it: `lastgood` after a rollback, else as whoever asked told it. */
  by: z.string(),
  frozenAt: instant,
  /** When it ends by itself; absent: when a person ends it, and for a revision never. */
  until: z.optional(instant),
  revision: z.optional(revision),
  execution: z.optional(z.string()),
});

/** A person ended the freeze of a target. Condemned revisions stay condemned. */
export const unfrozen = z.object({ version, target: z.string(), by: z.string(), unfrozenAt: instant });
