import type { Json, Plan } from '../../../src/rollback/plan.ts';
import type { WeightedRecord } from './route53.ts';
import type { Weights } from './weights.ts';

/** What the verbs after `plan` need to remember. */
export interface Details {
  readonly from: Weights;
  readonly to: Weights;
  /** Seconds for which resolvers may go on giving the old answer. */
  readonly ttl: number;
}

/** TTL of load balancers, in seconds, which their aliases have. https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
const ALIAS_TTL = 60;

export function detailsOf(from: Weights, to: Weights, records: readonly WeightedRecord[]): Details {
  return { from, to, ttl: Math.max(...records.map(({ ttl }) => ttl ?? ALIAS_TTL)) };
}

export function asJson(details: Details): Json {
  return details as unknown as Json;
}

/** The details of a plan of ours: nobody else writes them. */
export function readDetails({ details }: Extract<Plan, { details: Json }>): Details {
  return details as unknown as Details;
}
