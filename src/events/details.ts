import * as z from 'zod/mini';

/** The `source` of every event we put on the bus. */
export const SOURCE = 'lastgood';

const version = z.literal('1');
const instant = z.iso.datetime();
const revision = z.object({ id: z.string(), name: z.string() });

/** How a rollback ended; the three ends share one shape, so that one rule and one consumer can take them all. */
const ended = <const State extends string>(...outcomes: readonly [State, ...State[]]) =>
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
    /** Absent when the target was never claimed. */
    startedAt: z.optional(instant),
    endedAt: instant,
  });

/** A person must decide. The task token that carries the answer is not in here: it stands with the claim. */
const approvalRequested = z.object({
  version,
  target: z.string(),
  execution: z.string(),
  /** The judge's reasons, whole sentences. */
  reasons: z.array(z.string()),
  from: revision,
  to: revision,
  askedAt: instant,
  /** When the countdown is over. */
  answerBy: instant,
  /** What happens when nobody answers. */
  onSilence: z.enum(['go', 'stay']),
});

/** A request that could not be accepted. Nothing was started and nothing was changed. */
const rejected = z.object({
  version,
  /** Id of the event that carried the request. */
  request: z.string(),
  /** Path of the wrong value, such as `request.target`. */
  field: z.string(),
  problem: z.string(),
  rejectedAt: instant,
});

/** The events we put on the bus: what `detail` looks like, by `detail-type`. */
export const details = {
  'Rollback Succeeded': ended('rolled-back'),
  'Rollback Skipped': ended('skipped'),
  'Rollback Failed': ended('failed-clean', 'failed-dirty'),
  'Rollback Approval Requested': approvalRequested,
  'Rollback Rejected': rejected,
} as const;

export type DetailType = keyof typeof details;
export type Detail<Type extends DetailType> = z.infer<(typeof details)[Type]>;
