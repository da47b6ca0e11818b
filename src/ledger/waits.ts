import type { Instant } from '../rollback/request.ts';

/** The waits of rollbacks that an event of AWS ends: one for each target under which AWS publishes the event. */
export interface Waits {
  /** Stores the task token of a wait that ends at `until`. Replaces a wait for the same target that ends earlier. */
  begin(awaits: string, token: string, until: Instant): Promise<void>;
  /** Returns the token of the wait for this target. Null: no rollback waits for it any more. */
  tokenOf(awaits: string, now: Instant): Promise<string | null>;
}
