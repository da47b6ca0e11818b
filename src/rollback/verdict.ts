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
  | ({ readonly verdict: 'observe' | 'skip' } & Reasoned);

interface Reasoned {
  readonly at: Instant;
  readonly reasons: readonly string[];
  readonly against?: readonly string[];
}
