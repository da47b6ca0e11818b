import * as z from 'zod/mini';
import { instant, version } from './common.ts';

const ready = z.enum(['yes', 'no', 'unknown']);
const score = z.int().check(z.minimum(0), z.maximum(100));

const finding = z.object({
  /** Stable name; docs/readiness.md explains each. */
  id: z.string(),
  severity: z.enum(['blocks', 'unknown', 'slows', 'risks']),
  says: z.string(),
  cure: z.string(),
});

const shape = {
  version,
  target: z.string(),
  /** ARN of the execution that checked it. */
  execution: z.string(),
  at: instant,
  /** Whether a rollback would work now. `unknown`: nothing blocks it, and something could not be read. */
  ready,
  /** 100 without findings. */
  score,
  /** The check before. Absent: this is the first. */
  before: z.optional(z.object({ at: instant, ready, score })),
  /** The way that a rollback would take. Absent: there is none now. */
  way: z.optional(z.object({ rung: z.string(), does: z.string(), from: z.string(), to: z.string() })),
  /** How long it would take until users are served well: the median of what was measured. Absent: nothing was. */
  estimate: z.optional(
    z.object({
      seconds: z.int(),
      rollbacks: z.int(),
      deployments: z.int(),
      /** The way back of the newest rehearsal among the rollbacks. Absent: none was measured. */
      rehearsal: z.optional(z.object({ execution: z.string(), at: instant, seconds: z.int() })),
    }),
  ),
  /** Worst first. */
  findings: z.array(finding),
};

/** A target was checked. `execution` identifies the check. */
export const readinessChecked = z.object({
  ...shape,
  trend: z.enum(['first', 'better', 'same', 'worse']),
});

/** A check found a target less ready than the check before. */
export const readinessWorsened = z.object(shape);
