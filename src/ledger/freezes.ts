import type { Instant } from '../rollback/request.ts';

/** A freeze of a target by a person. */
export interface Freeze {
  readonly target: string;
  readonly reason: string;
  /** The person who froze it, as named by the tool where they asked. */
  readonly by: string;
  readonly at: Instant;
  /** Its expiry; absent: it lasts until a person ends it. */
  readonly until?: Instant;
}

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
