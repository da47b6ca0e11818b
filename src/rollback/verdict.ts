import type { Onset } from './onset.ts';
import type { Revision } from './plan.ts';
import type { Instant, Request } from './request.ts';

/**
 * Added by Judge. `reasons` are whole sentences in plain words; `against` are those of them that speak against going back
 * at once, absent where the judge acts.
 * - act: go back now.
 * - look-again: not sure yet. After `lookAgainInSeconds` the plan is made and judged again.
 * - ask: a person decides; after `countdownSeconds` without an answer, `onSilence` says what happens. It is `go` only
 *   where the target's owner tagged it so and nothing but the owner's own wish to be asked stands in the way, and means
 *   that the plan is made and judged again.
 * - observe: we would have acted, but the target is tagged to be watched only.
 * - skip: it is not ours to act on.
 */
export type Verdict =
  | ({ readonly verdict: 'act' } & Weighed)
  | ({
      readonly verdict: 'look-again';
      readonly lookAgainInSeconds: number;
      /** Looks taken, this one included: never more than MAX_SECOND_LOOKS. */
      readonly looks: number;
    } & Reasoned)
  | ({
      readonly verdict: 'ask';
      readonly countdownSeconds: number;
      readonly onSilence: 'go' | 'stay';
      /** Hash of the plan that is asked about (src/approvals/plan-hash.ts), where there is one to go by. */
      readonly plan?: string;
    } & Weighed)
  | ({ readonly verdict: 'observe' | 'skip' } & Reasoned);

/** How many more looks a rollback may take before it must act, ask or skip. */
export const MAX_SECOND_LOOKS = 2;

/** Two new datapoints of a metric of one minute, and the half minute that CloudWatch may be late. */
export const LOOK_AGAIN_SECONDS = 150;

/** The next datapoint, and a quarter of a minute that CloudWatch may be late. */
export const LOOK_AGAIN_SOON_SECONDS = 75;

/** A revision to condemn after a skip: an operator put the version before it back already. */
export interface Culprit {
  readonly revision: Revision;
  /** Whole sentence for the ledger. */
  readonly evidence: string;
}

interface Reasoned extends Course {
  readonly at: Instant;
  readonly reasons: readonly string[];
  readonly against?: readonly string[];
  /** Since when it hurts, as the judge sees it; the next plan goes by it. */
  readonly since?: Onset;
  readonly culprit?: Culprit;
}

interface Weighed extends Reasoned {
  /** From 0 to 1: how sure it is that the deployment did it. Absent: nothing was weighed. */
  readonly confidence?: number;
}

/** How the rollback came to this verdict. Added by the guard, not by the judge. */
interface Course {
  /** Looks taken, this one included. Absent: this is the first. */
  readonly looks?: number;
  /** How many of the record's `alsoTriggeredBy` were known. Absent: none. */
  readonly heard?: number;
  /** How many questions ended because another trigger came. Absent: none. */
  readonly again?: number;
  /** The later trigger that decided. Absent: the rollback's own request did. */
  readonly decidedBy?: Request;
  /** The later trigger that the plan was made for. Absent: it was made for the rollback's own request. */
  readonly plannedFor?: Request;
}

/** Returns `confidence 93 %`, or null where nothing was weighed. */
export function confidenceIn(verdict: { readonly confidence?: number | undefined }): string | null {
  return verdict.confidence === undefined ? null : `confidence ${Math.round(verdict.confidence * 100)} %`;
}
