import * as z from 'zod/mini';
import { approval, instant, leftRung, revision, verdict, version } from './common.ts';

/** When what happened, as far as it did: recovery times are the differences. */
const times = z.object({
  /** When the alarm turned, the deployment failed or the request was made. */
  triggeredAt: z.optional(instant),
  plannedAt: z.optional(instant),
  judgedAt: z.optional(instant),
  stoppedAt: z.optional(instant),
  /** When the way back that was taken last was started. */
  revertedAt: z.optional(instant),
  settledAt: z.optional(instant),
  /** Start of the unbroken run of healthy looks that is the proof. */
  healthySince: z.optional(instant),
  provenAt: z.optional(instant),
});

/** How a rollback ended; the three ends share one shape, so that one rule and one consumer can take them all. */
export const ended = <const State extends string>(...outcomes: readonly [State, ...State[]]) =>
  z.object({
    version,
    /** Absent only when the execution was started with an input that nobody can read. */
    target: z.optional(z.string()),
    /** ARN of the execution. An event may come twice; this and the detail type say that it is the same one. */
    execution: z.string(),
    outcome: z.enum(outcomes),
    /** One sentence: what happened and why. */
    reason: z.string(),
    /** What a person should do next, in order. */
    advice: z.array(z.string()),
    /** Why the rollback was asked for. */
    requested: z.optional(z.string()),
    /** The revision at fault, and the one gone back to, as far as the rollback came to know them. */
    from: z.optional(revision),
    to: z.optional(revision),
    verdict: z.optional(verdict),
    approval: z.optional(approval),
    /** Name of the rung that was taken last, and those left before it. */
    rung: z.optional(z.string()),
    left: z.optional(z.array(leftRung)),
    /** The signs of health at the last look. */
    signs: z.optional(
      z.array(
        z.object({
          of: z.string(),
          state: z.enum(['healthy', 'unhealthy', 'unknown', 'neutral']),
          says: z.string(),
        }),
      ),
    ),
    /** What going back would have destroyed. */
    evidence: z.optional(z.array(z.object({ source: z.string(), lines: z.array(z.string()) }))),
    times: z.optional(times),
    /** Absent when the target was never claimed. */
    startedAt: z.optional(instant),
    endedAt: instant,
  });
