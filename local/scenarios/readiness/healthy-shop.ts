import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { openProvenShop } from '../ecs/proven-shop.ts';
import { ROLLING, type Shop, type ShopOptions } from '../ecs/shop.ts';
import type { Stage } from '../stage.ts';

/** What AWS recommends against bad deployments. */
export const PROTECTED = {
  deploymentCircuitBreaker: { enable: true, rollback: true },
  alarms: { enable: true, rollback: true, alarmNames: ['checkout-errors', 'checkout-latency'] },
} satisfies DeploymentConfiguration;

/** Opens the shop with two proven releases, on which a check finds nothing. */
export async function openHealthyShop(
  stage: Stage,
  { deployment = ROLLING, ...options }: ShopOptions = {},
): Promise<Shop> {
  const shop = await openProvenShop(stage, { deployment, ...options });
  shop.update({ deploymentConfiguration: { ...deployment, ...PROTECTED } });
  return shop;
}

/** Opens the same shop with deployments that shift the traffic between two target groups. */
export function openHealthyBlueGreen(stage: Stage): Promise<Shop> {
  return openHealthyShop(stage, {
    twoGroups: true,
    deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 },
  });
}
