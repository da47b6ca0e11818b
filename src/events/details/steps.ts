import * as z from 'zod/mini';
import { approval, instant, leftRung, revision, rung, step, verdict } from './common.ts';

/** A rollback that has claimed its target. It is not decided yet whether it will act. */
export const started = z.object({
  ...step,
  /** Reason of the request. */
  requested: z.string(),
  /** The trigger: an alarm, a failed deployment, a lookout, a request, a rehearsal, or a person who started the execution by hand. */
  trigger: z.object({
    type: z.enum(['alarm', 'deployment', 'request', 'lookout', 'rehearsal', 'by-hand']),
    /** Name of the alarm, AWS's id of the failed or accused deployment, or the requester; absent by hand. */
    of: z.optional(z.string()),
    /** Time at which the alarm turned, the deployment failed, the lookout accused or the request was made; absent by hand. */
    at: z.optional(instant),
    /** What the lookout saw, in whole sentences; absent: the trigger is no lookout. */
    saw: z.optional(z.array(z.string())),
  }),
  startedAt: instant,
});

/** The plan and the verdict about it. */
export const planned = z.object({
  ...step,
  plannedAt: instant,
  /** `join`: AWS goes back natively, and Lastgood watches it. `nothing-to-do` and, after its last look, `no-way-back` end the rollback. */
  plan: z.enum(['ready', 'join', 'nothing-to-do', 'no-way-back']),
  /** The reason for `nothing-to-do` or `no-way-back`. */
  reason: z.optional(z.string()),
  /** The revision at fault, and the one to go back to; absent with `nothing-to-do` and `no-way-back`. */
  from: z.optional(revision),
  to: z.optional(revision),
  /** The source of the revision to go back to. */
  source: z.optional(z.enum(['ledger', 'deployments', 'request', 'owner'])),
  /** The rungs, in the order of trial. */
  rungs: z.array(rung),
  /** Remarks about the choice, for people. */
  notes: z.array(z.string()),
  /** The changes between the two revisions, one line each; absent: not read. */
  changes: z.optional(z.array(z.string())),
  verdict,
  /** When Lastgood may write to AWS; absent: at once. `ahead` calls of the quota are reserved by other rollbacks before. */
  turn: z.optional(z.object({ at: instant, quota: z.string(), ahead: z.number() })),
});

/** A question to a person. It does not contain the task token, which is stored with the claim. */
export const approvalRequested = z.object({
  ...step,
  /** The judge's reasons, whole sentences. */
  reasons: z.array(z.string()),
  /** From 0 to 1: how sure the judge is that the deployment is the cause; absent: nothing was weighed. */
  confidence: z.optional(z.number()),
  /** How many questions of this rollback came before: a trigger or an open objection led to another; absent: none. */
  again: z.optional(z.number()),
  from: revision,
  to: revision,
  /** The rungs that the answer is about, in the order of trial. */
  rungs: z.optional(z.array(rung)),
  /** The changes between the two revisions, one line each; absent: not read. */
  changes: z.optional(z.array(z.string())),
  askedAt: instant,
  /** End of the countdown. */
  answerBy: instant,
  /** One clause: Lastgood is paused, and an approved rollback waits; absent: it is not, or that is not known. */
  paused: z.optional(z.string()),
  /** The default without an answer: `go` back, or `stay`. */
  onSilence: z.enum(['go', 'stay']),
});

/** The rollout in flight after Stop. */
export const stopped = z.object({
  ...step,
  from: revision,
  to: revision,
  /**
   * `stopped`: it stays where it is. `reverting`: it was stopped, and AWS goes back natively. `not-running`: there was
   * none. `left-to-revert`: it was not stopped, because the way back supersedes it; `reason` says why.
   */
  state: z.enum(['stopped', 'reverting', 'not-running', 'left-to-revert']),
  deployment: z.optional(z.string()),
  reason: z.optional(z.string()),
  stoppedAt: z.optional(instant),
  approval: z.optional(approval),
});

/** A rung that was started, or one in flight that was joined. Published once for each rung. */
export const reverted = z.object({
  ...step,
  from: revision,
  to: revision,
  state: z.enum(['started', 'joined']),
  rung,
  /** Counted from 1; `rungs` is how many there are. */
  number: z.number(),
  rungs: z.number(),
  /** AWS's id of the deployment that goes back. */
  deployment: z.string(),
  revertedAt: instant,
  /** Deadline for this rung to settle. After it, the workflow tries the next one. */
  settleBy: instant,
  /** The rungs tried before this one. */
  left: z.array(leftRung),
});

/** A rollback that waits before its next write, because a person paused Lastgood. Published once for each wait. */
export const paused = z.object({
  ...step,
  /** The reason of the pause, and who paused; absent: not known. */
  because: z.optional(z.string()),
  by: z.optional(z.string()),
  /** Start of the pause; absent: not known. */
  since: z.optional(instant),
  /** Whether the rollback may have changed something before. */
  wrote: z.boolean(),
  /** When the rollback was held back. */
  waitsSince: instant,
});

/**
 * A way back that settled, with all signs healthy except red alarms that may still count the harm. Verify waits for their
 * own range. Published once for each rung.
 */
export const waiting = z.object({
  ...step,
  from: revision,
  to: revision,
  /** Counted from 1, as in `Rollback Reverted`. */
  number: z.number(),
  /** Names of the red alarms. */
  alarms: z.array(z.string()),
  waitsSince: instant,
  /** When the last of them counts no datapoint from before the way back settled. */
  waitsUntil: instant,
});

/** A way back that AWS says it cannot complete as things are. Lastgood waits on, until `settleBy`. Published once for each rung. */
export const hindered = z.object({
  ...step,
  from: revision,
  to: revision,
  rung,
  /** Counted from 1, as in `Rollback Reverted`. */
  number: z.number(),
  /** AWS's own words. */
  says: z.string(),
  hinderedSince: instant,
  settleBy: instant,
});
