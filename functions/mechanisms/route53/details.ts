import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { Lifetime } from './lifetimes.ts';
import type { Weights } from './weights.ts';

/** What the verbs after `plan` need to remember. */
export interface Details {
  readonly from: Weights;
  readonly to: Weights;
  readonly lifetime: Lifetime;
}

export function asJson(details: Details): Json {
  return details as unknown as Json;
}

/** The details of a plan of ours: nobody else writes them. */
export function readDetails({ details }: Extract<Plan, { details: Json }>): Details {
  return details as unknown as Details;
}
