import * as z from 'zod/mini';

/** The version of a detail's shape. Within a version fields are only ever added. */
export const version = z.literal('1');

/** ISO 8601 in UTC. */
export const instant = z.iso.datetime();

/** A revision: AWS's id, and its name for people. */
export const revision = z.object({ id: z.string(), name: z.string() });

/** Id of the storm that the rollback belongs to; absent: it belongs to none, or was among the first of one. */
export const storm = z.optional(z.string());

/** The way of a rehearsal: back to the last known good, or forward again; absent: it is none. */
export const rehearsal = z.optional(z.enum(['back', 'forward']));

/** The common fields of all steps of one rollback. */
export const step = {
  version,
  target: z.string(),
  /** ARN of the execution. With the detail type (and the rung of Reverted) it identifies a redelivered event. */
  execution: z.string(),
  storm,
  rehearsal,
};

/** One way to go back. */
export const rung = z.object({
  /** Stable within the kind of target: `redeploy`. */
  name: z.string(),
  /** What it does, in plain words. */
  does: z.string(),
  /** Seconds within which it must have settled, or the next rung is tried. */
  withinSeconds: z.number(),
});

/** A rung that was tried and left, with the reason. */
export const leftRung = z.object({ name: z.string(), reason: z.string() });

/** The judge's answer. `reasons` are whole sentences in plain words; those of `against` speak against going back. */
export const verdict = z.object({
  /**
   * `look-again`: not sure yet. The workflow plans and judges again at `lookAgainAt`, so this is never the last
   * verdict.
   */
  verdict: z.enum(['act', 'look-again', 'ask', 'observe', 'skip']),
  at: instant,
  reasons: z.array(z.string()),
  against: z.optional(z.array(z.string())),
  /** From 0 to 1: how sure the judge is that the deployment is the cause; absent: nothing was weighed. */
  confidence: z.optional(z.number()),
  /** Looks taken, this one included; absent: it is the first. */
  looks: z.optional(z.number()),
  lookAgainAt: z.optional(instant),
  /** How many questions another one followed: a trigger came, or an answer did not settle all; absent: none. */
  again: z.optional(z.number()),
});

/**
 * A person's answer to the question. `by` names the person as the tool that answered does, by a Slack user id for
 * example.
 */
export const approval = z.object({ answer: z.enum(['approved', 'denied']), by: z.string(), at: instant });
