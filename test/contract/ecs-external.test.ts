import { openExternalShop, type ExternalShop } from '../../local/scenarios/ecs/external-shop.ts';
import { TARGET } from '../../local/scenarios/ecs/target.ts';
import type { Stage } from '../../local/scenarios/stage.ts';
import { mechanismOn, openWorld } from './ecs-stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';

const WRITES = [
  'CreateTaskSet',
  'UpdateTaskSet',
  'UpdateServicePrimaryTaskSet',
  'ModifyListener',
  'ModifyRule',
  'DeleteTaskSet',
];
const FAULTY = { errorRate: 1 };

function fixture(stage: Stage, shop: ExternalShop, writesToRevert: number): Fixture {
  const { mechanism, accepted } = mechanismOn(stage, TARGET);
  return {
    mechanism,
    target: TARGET,
    good: shop.releases['v1']!,
    bad: shop.releases['v2'] ?? '',
    writes: () => accepted.filter((operation) => WRITES.includes(operation)).length,
    writesToRevert,
    atOnce: true,
    finish: () => stage.minutes(1),
    deployAnother: async () => {
      await stage.minutes(0.1);
      await shop.release('v3');
    },
  };
}

async function over(
  then: (shop: ExternalShop, stage: Stage) => Promise<void>,
  writesToRevert: number,
): Promise<Fixture> {
  const stage = openWorld();
  const shop = await openExternalShop(stage);
  await then(shop, stage);
  return fixture(stage, shop, writesToRevert);
}

mechanismContract('ecs under EXTERNAL, on the embedded AWS', {
  inFlight: () => over((shop) => shop.release('v2', FAULTY, { share: 30 }), 2),
  completed: () => over((shop) => shop.release('v2', FAULTY), 3),
  first: () => over(() => Promise.resolve(), 0),
  missing: () => {
    const stage = openWorld();
    return fixture(stage, { releases: { v1: '' } } as unknown as ExternalShop, 0);
  },
});
