import type { Onset } from './onset.ts';
import type { Revision } from './plan.ts';
import type { Instant } from './request.ts';

/**
 * Added by Judge. `reasons` are whole sentences in plain words; `against` are those of them that speak against going back
 * at once, absent where the judge acts.
 * - act: go back now.
 * - ask: a person decides; after `countdownSeconds` without an answer, `onSilence` says what happens. It is `go` only
 *   where the target's owner tagged it so and nothing but the owner's own wish to be asked stands in the way, and means
 *   that the plan is made and judged again.
 * - observe: we would have acted, but the target is tagged to be watched only.
 * - skip: it is not ours to act on.
 */
export type Verdict =
  | ({ readonly verdict: 'act' } & Reasoned)
  | ({
      readonly verdict: 'ask';
      readonly countdownSeconds: number;
      readonly onSilence: 'go' | 'stay';
      /** Hash of the plan that is asked about (src/approvals/plan-hash.ts), where there is one to go by. */
      readonly plan?: string;
    } & Reasoned)
  /** Not sure yet: plan and judge again after a while. `looks`: how many were taken, this one included. */
  | ({
      readonly verdict: 'look-again';
      readonly lookAgainInSeconds: number;
      readonly looks: number;
    } & Reasoned)
  | ({ readonly verdict: 'observe' | 'skip' } & Reasoned);

interface Reasoned {
  readonly at: Instant;
  readonly reasons: readonly string[];
  readonly against?: readonly string[];
  /** How likely it is, from 0 to 1, that the suspect is at fault; absent where nothing was measured for it. */
  readonly confidence?: number;
  /** Since when it hurts, as the judge sees it; the next plan goes by it. */
  readonly since?: Onset;
  /** The revision that is at fault though nothing is gone back from. */
  readonly culprit?: { readonly revision: Revision; readonly evidence: string };
}
