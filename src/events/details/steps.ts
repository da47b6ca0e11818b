import * as z from 'zod/mini';
import { approval, instant, leftRung, revision, rung, step, verdict } from './common.ts';

/** A rollback has taken its target. Whether it will act is not decided by that. */
export const started = z.object({
  ...step,
  /** Why it was asked for. */
  requested: z.string(),
  /** What asked for it: an alarm, a failed deployment, somebody's request, or a person who started it by hand. */
  trigger: z.object({
    type: z.enum(['alarm', 'deployment', 'request', 'by-hand']),
    /** Name of the alarm, AWS's id of the deployment, or who asked; absent by hand. */
    of: z.optional(z.string()),
    /** When the alarm turned, the deployment failed or the request was made; absent by hand. */
    at: z.optional(instant),
  }),
  startedAt: instant,
});

/** What would be done, from where to where, and whether we may. */
export const planned = z.object({
  ...step,
  plannedAt: instant,
  /** `join`: AWS is going back by itself and is watched. With the two others there is nothing to do, or no way. */
  plan: z.enum(['ready', 'join', 'nothing-to-do', 'no-way-back']),
  /** Why there is nothing to do, or no way back. */
  reason: z.optional(z.string()),
  /** The revision at fault, and the one to go back to; absent where there is nothing to do or no way back. */
  from: z.optional(revision),
  to: z.optional(revision),
  /** Where the revision to go back to was found. */
  source: z.optional(z.enum(['ledger', 'deployments', 'request'])),
  /** In the order in which they would be tried. */
  rungs: z.array(rung),
  /** What a person should know of the choice. */
  notes: z.array(z.string()),
  /** What differs between the two revisions, one line each; absent: that is not known. */
  changes: z.optional(z.array(z.string())),
  verdict,
});

/** A person must decide. The task token that carries the answer is not in here: it stands with the claim. */
export const approvalRequested = z.object({
  ...step,
  /** The judge's reasons, whole sentences. */
  reasons: z.array(z.string()),
  /** From 0 to 1: how sure it is that the deployment did it; absent: nothing was weighed. */
  confidence: z.optional(z.number()),
  /** How many earlier questions of this rollback ended because another trigger came; absent: none. */
  again: z.optional(z.number()),
  from: revision,
  to: revision,
  /** The ways back that the answer is about, in the order in which they would be tried. */
  rungs: z.optional(z.array(rung)),
  /** What differs between the two revisions, one line each; absent: that is not known. */
  changes: z.optional(z.array(z.string())),
  askedAt: instant,
  /** When the countdown is over. */
  answerBy: instant,
  /** What happens when nobody answers. */
  onSilence: z.enum(['go', 'stay']),
});

/** What became of the rollout in flight. */
export const stopped = z.object({
  ...step,
  from: revision,
  to: revision,
  /**
   * `stopped`: it stays where it is. `reverting`: stopping it makes AWS go back. `not-running`: there was
   * none. `left-to-revert`: the way back itself supersedes it, for `reason`.
   */
  state: z.enum(['stopped', 'reverting', 'not-running', 'left-to-revert']),
  deployment: z.optional(z.string()),
  reason: z.optional(z.string()),
  stoppedAt: z.optional(instant),
  approval: z.optional(approval),
});

/** A way back was started, or one that already ran was joined. Told once for each rung. */
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
  /** When this rung must have settled; after that the next one is tried. */
  settleBy: instant,
  /** The rungs tried before this one. */
  left: z.array(leftRung),
});
