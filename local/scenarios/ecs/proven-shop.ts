import type { Stage } from '../stage.ts';
import { openShop, type Shop, type ShopOptions } from './shop.ts';

/** Opens the shop with two releases that are both proven. */
export async function openProvenShop(stage: Stage, options: ShopOptions = {}): Promise<Shop> {
  const shop = await openShop(stage, options);
  shop.release('v2');
  await shop.deployed();
  await stage.minutes(9);
  return shop;
}
