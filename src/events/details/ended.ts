import * as z from 'zod/mini';
import { CAUSES } from '../../rollback/evidence.ts';
import { approval, instant, leftRung, rehearsal, revision, storm, verdict, version } from './common.ts';

/** The time of each step that was reached. Recovery times are the differences. */
const times = z.object({
  /** Time at which the alarm turned, the deployment failed or the request was made. */
  triggeredAt: z.optional(instant),
  plannedAt: z.optional(instant),
  judgedAt: z.optional(instant),
  stoppedAt: z.optional(instant),
  /** Start of the last rung. */
  revertedAt: z.optional(instant),
  settledAt: z.optional(instant),
  /** Start of the unbroken run of healthy looks that is the proof. */
  healthySince: z.optional(instant),
  provenAt: z.optional(instant),
  /** Verify's last look, which saw `signs`. The end may come much later, where another deployment overtook the way back. */
  lookedAt: z.optional(instant),
});

/** The end of a rollback. The three ends share one shape, so that one rule and one consumer can handle them all. */
export const ended = <const State extends string>(...outcomes: readonly [State, ...State[]]) =>
  z.object({
    version,
    /** Absent only if the input of the execution could not be read. */
    target: z.optional(z.string()),
    /** ARN of the execution. With the detail type it identifies a redelivered event. */
    execution: z.string(),
    storm,
    rehearsal,
    outcome: z.enum(outcomes),
    /** One sentence: the outcome and its cause. */
    reason: z.string(),
    /** The next steps for an operator, in order. */
    advice: z.array(z.string()),
    /** Reason of the request. */
    requested: z.optional(z.string()),
    /** What the lookout that started it saw, in whole sentences; absent: another trigger did. */
    saw: z.optional(z.array(z.string())),
    /** The revision at fault, and the one that the rollback went back to; absent: not known. */
    from: z.optional(revision),
    to: z.optional(revision),
    verdict: z.optional(verdict),
    approval: z.optional(approval),
    /** Name of the last rung, and the rungs left before it. */
    rung: z.optional(z.string()),
    left: z.optional(z.array(leftRung)),
    /** The signs of health at Verify's last poll. */
    signs: z.optional(
      z.array(
        z.object({
          of: z.string(),
          state: z.enum(['healthy', 'unhealthy', 'unknown', 'neutral']),
          says: z.string(),
        }),
      ),
    ),
    /** Evidence that the rollback would have destroyed. `inReport`: so many lines of logs stay in the report page. */
    evidence: z.optional(
      z.array(
        z.object({
          source: z.string(),
          lines: z.array(z.string()),
          inReport: z.optional(z.int().check(z.positive())),
        }),
      ),
    ),
    /** The likely cause of the harm, and the lines of the evidence on which it rests. Absent: none was gathered. */
    triage: z.optional(z.object({ cause: z.enum(CAUSES), says: z.string(), because: z.array(z.string()) })),
    /** What the release at fault changed besides the revision, which is not put back, and the command that does. */
    companions: z.optional(
      z.array(
        z.object({
          of: z.enum([
            'desired-count',
            'scaling-limits',
            'deployment-settings',
            'target-group',
            'health-check',
            'listener',
          ]),
          says: z.string(),
          command: z.optional(z.string()),
        }),
      ),
    ),
    times: z.optional(times),
    /**
     * Link to the report page, without credentials: it says how to open the page. The page itself comes a few seconds
     * later. Absent: the rollback has none, because it ended before a plan and changed nothing.
     */
    report: z.optional(z.string()),
    /** Absent when the target was never claimed. */
    startedAt: z.optional(instant),
    endedAt: instant,
  });
