import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { Lifetime } from './lifetimes.ts';
import type { Weights } from './weights.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  readonly from: Weights;
  readonly to: Weights;
  readonly lifetime: Lifetime;
}

export function asJson(memo: Memo): Json {
  return memo as unknown as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
