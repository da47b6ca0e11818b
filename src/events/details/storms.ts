import * as z from 'zod/mini';
import { instant, version } from './common.ts';

const count = z.number();

/**
 * The state of a storm: more targets alarm within five minutes than chance explains. Published again whenever it
 * changes. `storm` and `at` identify it, and the newest `at` counts.
 */
export const stormUpdated = z.object({
  version,
  /** Id of the storm. The events of its members' rollbacks carry it as `storm`. */
  storm: z.string(),
  /** Turn of the first alarm. */
  since: instant,
  at: instant,
  /**
   * `gathering`: targets still join, and the question follows. `asking`: targets wait for an answer. `answered`: none waits, and some rollbacks have not ended. `ended`: all have
   * ended, or their deadline has passed. It is the last event, unless another target joins.
   */
  state: z.enum(['gathering', 'asking', 'answered', 'ended']),
  /** One or two sentences: how many targets alarm, and what they share. */
  says: z.string(),
  /** Number of targets whose alarms turned. */
  alarming: count,
  /** Number of those targets with a deployment within the hour before their alarm, as far as the plans know. */
  deployedWithinHour: count,
  /** The largest group of those deployments with one thing in common; absent: no two have. */
  shared: z.optional(
    z.object({
      by: z.enum(['image', 'launch-template', 'commit']),
      /** The image, the launch template or the commit. */
      name: z.string(),
      targets: count,
    }),
  ),
  /** Number of listed targets that the answer `all` would roll back, and the answer `own`. Both 0: nothing is asked. */
  choices: z.object({ all: count, own: count }),
  /** Digest of the listed plans, which an answer must name; absent: no target waits for an answer. */
  list: z.optional(z.string()),
  /** One clause: Lastgood is paused, and approved rollbacks wait; absent: it is not, or that is not known. */
  paused: z.optional(z.string()),
  /** End of the first countdown among the listed targets. */
  answerBy: z.optional(instant),
  /** The last answer; absent: there is none yet. */
  answer: z.optional(
    z.object({
      choice: z.enum(['all', 'own', 'none']),
      /** The person, as the tool that answered names them. */
      by: z.string(),
      at: instant,
      /** Digest of the list that was answered. */
      list: z.string(),
      /** Number of targets that the answer reached so far. */
      targets: count,
      /** Listed targets that it did not reach. They wait for another answer. */
      leftOut: z.object({
        /** The person may not touch them. */
        forbidden: count,
        /** They need a second person (`lastgood:approvals=2`). */
        twoPeople: count,
      }),
    }),
  ),
  /** Number of targets by state. The others are being judged. */
  counts: z.object({
    /** They wait for an answer. */
    waiting: count,
    /** They go back, or are about to. */
    goingBack: count,
    rolledBack: count,
    skipped: count,
    failedClean: count,
    failedDirty: count,
  }),
  /** Number of skipped targets whose question had no answer. */
  unanswered: count,
  /** Up to 10 of the listed targets, in order of name. Without a list, of all targets. */
  examples: z.array(z.string()),
  /** Up to 20 of the targets that a person must look at now. */
  dirty: z.array(z.string()),
});
