import type { Rollback } from '../../../src/rollback/document.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { probeUrl } from './balancer.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** Scenarios in which Verify sends GETs to the shop's load balancer, as its users do. */
export const probeScenarios: readonly Scenario[] = [
  {
    name: 'ecs-probe',
    shows: 'the service is proven healthy by a GET to its load balancer as well',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        tags: (balancer) => ({ 'lastgood:probe': probeUrl(stage, balancer) }),
      });
      shop.release('v2', { errorRate: 0.4 });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], also: wasProbed },
  },
];

/** Returns null if a healthy probe was part of the proof, or else its signs. */
function wasProbed({ runtime }: Stage): string | null {
  const { health } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const signs = health?.signs ?? [];
  const isProbe = /^probe http:\/\/shop-\d+\.[a-z0-9-]+\.elb\.amazonaws\.com\/: healthy, answered 200$/;
  const found = signs.map(({ of, state, says }) => `${of}: ${state}, ${says}`);
  return found.some((sign) => isProbe.test(sign)) ? null : `proven without a probe: ${found.join('; ')}`;
}
