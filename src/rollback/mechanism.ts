import type * as z from 'zod/mini';
import type { InReversion, Poll, OnRung, Plannable, Planned, Stopped, RevertResult } from './document.ts';
import type { Plan, Revision } from './plan.ts';
import type { Traits } from './traits.ts';

/**
 * What Lastgood knows about one kind of target. All of it may be called again with the same input, because Step Functions
 * retries: the second call finds what the first one did and gives the same answer.
 *
 * Expected answers are members of the unions. Everything else is thrown, as one of the names in errors.ts or as the
 * AWS error it was; the caller decides what may be retried.
 */
export interface Mechanism<Memo = unknown> {
  /** Reads the memo of a plan, once, before each verb that gets one. */
  readonly memo: z.ZodMiniType<Memo>;
  /** Read only. Says what would be done; "nothing to do" and "AWS is already rolling back: join it" are answers. */
  plan(rollback: Plannable): Promise<Plan<Memo>>;
  /** Freeze the rollout in flight. `not-running` and `reverting` are answers. */
  stop(rollback: Planned<Memo>): Promise<Stopped>;
  /**
   * Start going back on rung `rollback.rung`. Starts at most one way back and never waits. Called again after `settled`
   * answered `due`, it does the next write of that rung.
   */
  revert(rollback: OnRung<Memo>): Promise<RevertResult>;
  /** Read only. Polls once: settled, pending, due, failed with the reason, or overtaken by a newer deployment. */
  settled(rollback: InReversion<Memo>): Promise<Poll>;
  /** Read only: what a revision is made of. Only ever told, and nothing is decided by it. Null: that is not known. */
  traits(target: string, revision: Revision): Promise<Traits | null>;
}
