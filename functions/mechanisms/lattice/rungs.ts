import type { Rung } from '../../../src/rollback/plan.ts';

/**
 * How long the data plane may take to follow a change. Amazon ECS waits as long after each one.
 * Unknown: lattice-spread.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-lattice-resources-for-blue-green.html
 */
export const SPREAD_SECONDS = 90;

/** The change, its spread, and the rest for slow and throttled answers. */
const WITHIN_SECONDS = 6 * 60;

/** Returns the only rung: it sets the weights. */
export function rungsOf(to: string): readonly [Rung] {
  return [{ name: 'shift-weights', does: `send the traffic to ${to} again`, withinSeconds: WITHIN_SECONDS }];
}
