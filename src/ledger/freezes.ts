import * as z from 'zod/mini';
import type { Instant } from '../rollback/request.ts';

/** A person's word that a target is to stay as it is. */
export const Freeze = z.object({
  target: z.string(),
  reason: z.string(),
  /** Who froze it, as they are known where they asked. */
  by: z.string(),
  at: z.string(),
  /** When it ends by itself; absent: when a person ends it. */
  until: z.exactOptional(z.string()),
});
export type Freeze = Readonly<z.infer<typeof Freeze>>;

/**
 * The freezes of targets by persons: at most one a target. Automatic rollbacks of a frozen target ask a person first,
 * and `lastgood check` tells a pipeline not to deploy (ADR 10). Condemned revisions are in the ledger, not here.
 */
export interface Freezes {
  /** Freezes a target. Frozen before: the later freeze counts, whichever comes first. */
  freeze(freeze: Freeze): Promise<void>;
  /** Ends the freeze of a target that began at or before `at`, and says whether there was one; so does a repetition. */
  unfreeze(target: string, by: string, at: Instant): Promise<boolean>;
  /** The freeze that holds at this moment, or null. Strongly consistent. */
  of(target: string, now: Instant): Promise<Freeze | null>;
}
