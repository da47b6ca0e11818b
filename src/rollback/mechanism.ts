import type * as z from 'zod/mini';
import type { Arrival, InReversion, OnRung, Pending, Plannable, Planned, Stopped } from './document.ts';
import type { Joinable, Plan, Ready, Revision } from './plan.ts';
import type { Traits } from './traits.ts';
import type { Takes } from './turn.ts';

/**
 * The code for one kind of target. Every function may run again with the same input, because Step Functions retries.
 * The second call finds the work of the first one and gives the same answer.
 *
 * Expected answers are members of the unions. Everything else is thrown, under a name of errors.ts or as the error of
 * AWS. The caller decides which errors are retried.
 */
export interface Mechanism<Memo = unknown> {
  /** Parses the memo of a plan, once, before each verb that needs it. */
  readonly memo: z.ZodMiniType<Memo>;
  /** Plans without writing. "Nothing to do" and "AWS is already rolling back: join it" are answers. */
  plan(rollback: Plannable): Promise<Plan<Memo>>;
  /** Stops the rollout in flight. `not-running` and `reverting` are answers. */
  stop(rollback: Planned<Memo>): Promise<Stopped>;
  /**
   * Starts going back on rung `rollback.rung`. Starts at most one way back and never waits. After `settled` answered
   * `due`, it makes the next write of that rung.
   */
  revert(rollback: OnRung<Memo>): Promise<RevertResult>;
  /** Polls once without writing: settled, pending, due, failed with the reason, or overtaken by a newer deployment. */
  settled(rollback: InReversion<Memo>): Promise<Poll>;
  /** Returns what a plan's way back takes of AWS's quotas. */
  takes(plan: Ready<Memo> | Joinable<Memo>): Takes;
  /**
   * Reads the traits of a revision. They are only shown, and decide nothing. Null: they are unknown. Absent: the plan
   * names its changes, from what it read.
   */
  readonly traits?: (target: string, revision: Revision) => Promise<Traits | null>;
}

/**
 * The answer of a mechanism's `revert`. The step adds the rung and its deadline. `touched`: a write succeeded before
 * another one was refused, in this try or in an earlier one.
 */
export type RevertResult =
  | { readonly state: 'started' | 'joined'; readonly deployment: string }
  | { readonly state: 'failed'; readonly reason: string; readonly touched?: true };

/**
 * The answer of a mechanism's `settled`. The step adds the count of polls and the wait. `cure`: what a person must change
 * before anything can be deployed, as a whole sentence, where AWS says so.
 */
export type Poll =
  | Arrival
  | (Pending & { readonly cure?: string })
  /** The next write of the same rung can go ahead. `revert` runs again, and finds its earlier writes. */
  | { readonly state: 'due'; readonly summary: string }
  /** `untouched`: the system that was to go back says that it changed nothing. `isGone`: the target was deleted. */
  | {
      readonly state: 'failed';
      readonly reason: string;
      readonly cure?: string;
      readonly untouched?: true;
      readonly isGone?: true;
    }
  | { readonly state: 'overtaken'; readonly by: string; readonly reason: string };
