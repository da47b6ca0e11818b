import * as z from 'zod/mini';

/** Every detail says which version of its shape it has. Within a version fields are only ever added. */
export const version = z.literal('1');

/** ISO 8601 in UTC. */
export const instant = z.iso.datetime();

/** AWS's id of a revision, and how a person names it. */
export const revision = z.object({ id: z.string(), name: z.string() });

/** What every step of one rollback begins with. */
export const step = {
  version,
  target: z.string(),
  /** ARN of the execution. An event may come twice; this and the detail type (of Reverted, the rung too) say that it is the same one. */
  execution: z.string(),
};

/** One way to go back. */
export const rung = z.object({
  /** Stable within the kind of target: `redeploy`. */
  name: z.string(),
  /** What it does, as a person would say it. */
  does: z.string(),
  /** Seconds within which it must have settled, or the next rung is tried. */
  withinSeconds: z.number(),
});

/** A rung that was tried and left, and why. */
export const leftRung = z.object({ name: z.string(), reason: z.string() });

/** The judge's answer. `reasons` are whole sentences in plain words. */
export const verdict = z.object({
  /** `look-again`: not sure yet. It is never the end: the plan is made and judged again at `lookAgainAt`. */
  verdict: z.enum(['act', 'look-again', 'ask', 'observe', 'skip']),
  at: instant,
  reasons: z.array(z.string()),
  /** From 0 to 1: how sure it is that the deployment did it; absent: nothing was weighed. */
  confidence: z.optional(z.number()),
  /** Looks taken, this one included; absent: it is the first. */
  looks: z.optional(z.number()),
  lookAgainAt: z.optional(instant),
  /** How many questions ended because another trigger came; absent: none. */
  again: z.optional(z.number()),
});

/** How a person answered the question. `by` is as whoever answered told it: a Slack user id, say. */
export const approval = z.object({ answer: z.enum(['approved', 'denied']), by: z.string(), at: instant });
