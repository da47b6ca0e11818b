import type { Stage } from '../stage.ts';
import { openCodeDeployShop, type CodeDeployShop } from './code-deploy-shop.ts';

/** Error rate of a bad release. */
export const FAULTY = { errorRate: 0.4 };

/** End of a scenario in which Lastgood does nothing, and nothing hurts. */
export const SKIPPED = { outcome: 'skipped', served: true, writes: [] } as const;

export type Act = (shop: CodeDeployShop, stage: Stage) => Promise<void> | void;
export type Opening = Parameters<typeof openCodeDeployShop>[1];

/** Builds a scenario's `play`, a check on the release that serves after it, and access to its shop. */
export function inShop(open: Opening, act: Act) {
  const shops = new WeakMap<Stage, CodeDeployShop>();
  return {
    play: async (stage: Stage) => {
      const shop = await openCodeDeployShop(stage, open);
      shops.set(stage, shop);
      await act(shop, stage);
      await stage.aftermath();
    },
    serves: (name: string) => (stage: Stage) => shops.get(stage)?.serves(name) ?? null,
    shopOf: (stage: Stage) => shops.get(stage),
  };
}
