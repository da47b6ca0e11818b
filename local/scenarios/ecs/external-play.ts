import type { Stage } from '../stage.ts';
import type { ExternalShop } from './external-shop.ts';

/** Error rate of a bad release. */
export const FAULTY = { errorRate: 0.4 };

/** Builds a scenario's `play`, and a check on the shop that it has opened. */
export function inExternalShop(
  act: (stage: Stage, keep: (shop: ExternalShop) => ExternalShop) => Promise<void>,
) {
  const shops = new WeakMap<Stage, ExternalShop>();
  return {
    play: (stage: Stage) =>
      act(stage, (shop) => {
        shops.set(stage, shop);
        return shop;
      }),
    serves: (name: string) => (stage: Stage) => shops.get(stage)?.servesAlone(name) ?? null,
  };
}
