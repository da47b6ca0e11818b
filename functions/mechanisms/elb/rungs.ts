import type { Rung } from '../../../src/rollback/plan.ts';
import type { Growth } from './capacity.ts';
import { nameOf } from './split.ts';

/** The change takes seconds, for which AWS gives no figure. The rest is for slow and throttled answers. */
const WEIGHTS_SECONDS = 5 * 60;
/** Covers booting, installation and the first health checks. */
const GROWTH_SECONDS = 15 * 60;

/** Returns the only rung: it sets the weights. If the other side is too small, that grows first. */
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
