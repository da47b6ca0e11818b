import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { Split } from './split.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  /** How traffic was divided when it was planned: any third division is somebody else's. */
  readonly from: Split;
  readonly to: Split;
  /** Healthy targets that it takes to carry all of the traffic. */
  readonly needed: number;
}

export function toDetails(memo: Memo): Json {
  return memo as unknown as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
