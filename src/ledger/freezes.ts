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
 * The freezes of targets by people, at most one per target. Automatic rollbacks of a frozen target ask a person first,
 * and `lastgood check` fails in a pipeline (ADR 10). Condemned revisions are in the ledger, not here.
 */
export interface Freezes {
  /** Freezes a target. Of two freezes the later one counts, in whichever order they arrive. */
  freeze(freeze: Freeze): Promise<void>;
  /** Ends a freeze that began at or before `at`. Returns whether there was one. A retry returns the same. */
  unfreeze(target: string, by: string, at: Instant): Promise<boolean>;
  /** Returns the freeze in force at an instant, or null. Strongly consistent. */
  of(target: string, now: Instant): Promise<Freeze | null>;
}
