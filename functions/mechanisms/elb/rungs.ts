import type { Rung } from '../../../src/rollback/plan.ts';
import type { Growth } from './capacity.ts';
import { nameOf } from './split.ts';

/** The change itself is a matter of seconds, for which AWS gives no figure; the rest is for slow and throttled answers. */
const WEIGHTS_SECONDS = 5 * 60;
/** Instances that boot, install and pass their first health checks. */
const GROWTH_SECONDS = 15 * 60;

/** The one way: the weights. Where the other side is too small, it grows first. */
export function rungsOf(to: string, growths: readonly Growth[]): readonly [Rung, ...Rung[]] {
  const first = growths.map(
    ({ targetGroup, group, to: wanted }) => `grow ${group} behind ${nameOf(targetGroup)} to ${wanted}, then `,
  );
  return [
    {
      name: 'weights',
      does: `${first.join('')}send the traffic to ${to} again`,
      withinSeconds: WEIGHTS_SECONDS + (growths.length === 0 ? 0 : GROWTH_SECONDS),
    },
  ];
}
