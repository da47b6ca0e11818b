import { probeUrl } from '../ecs/balancer.ts';
import { openShop, type Shop, type ShopOptions } from '../ecs/shop.ts';
import type { Stage } from '../stage.ts';

type Tags = Readonly<Record<string, string>>;

/** Opens the shop with its first release proven, a lookout that may act, and probes of its load balancer. */
export function openFollowed(
  stage: Stage,
  options: Omit<ShopOptions, 'tags'> = {},
  tags: Tags = {},
): Promise<Shop> {
  return openShop(stage, {
    ...options,
    tags: (balancer) => ({
      'lastgood:lookout': 'act',
      'lastgood:probe': probeUrl(stage, balancer),
      ...tags,
    }),
  });
}
