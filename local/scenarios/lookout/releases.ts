import { probeUrl } from '../ecs/balancer.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';

/** The tags of a service that a lookout follows and probes. */
const FOLLOWED = { 'lastgood:lookout': 'act' };

/** Bad releases that a lookout accuses before an alarm turns. */
export const lookoutReleases: readonly Scenario[] = [
  {
    name: 'lookout-rolling-errors',
    shows: 'probes stay bad for longer than a dependency hiccups: the lookout accuses before the alarm turns',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        tags: (balancer) => ({ ...FOLLOWED, 'lastgood:probe': probeUrl(stage, balancer) }),
      });
      shop.release('v2', { errorRate: 0.4 });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
];
