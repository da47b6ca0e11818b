import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { Split } from './split.ts';

/** What the verbs after `plan` need to remember. */
export interface Details {
  /** How traffic was divided when it was planned: any third division is somebody else's. */
  readonly from: Split;
  readonly to: Split;
  /** Healthy targets that it takes to carry all of the traffic. */
  readonly needed: number;
}

export function toDetails(details: Details): Json {
  return details as unknown as Json;
}

/** The details of a plan of ours: nobody else writes them. */
export function readDetails({ details }: Extract<Plan, { details: Json }>): Details {
  return details as unknown as Details;
}
