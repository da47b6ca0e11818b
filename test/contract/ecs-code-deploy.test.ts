import { openCodeDeployShop, type CodeDeployShop } from '../../local/scenarios/ecs/code-deploy-shop.ts';
import { TARGET } from '../../local/scenarios/ecs/target.ts';
import type { Stage } from '../../local/scenarios/stage.ts';
import { mechanismOn, openWorld } from './ecs-stage.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';

const WRITES = ['CreateDeployment', 'StopDeployment', 'UpdateService'];
const FAULTY = { errorRate: 1 };

function fixture(stage: Stage, shop: CodeDeployShop): Fixture {
  const { mechanism, accepted } = mechanismOn(stage, TARGET);
  return {
    mechanism,
    target: TARGET,
    good: shop.releases['v1'] ?? '',
    bad: shop.releases['v2'] ?? '',
    writes: () => accepted.filter((operation) => WRITES.includes(operation)).length,
    finish: () => stage.minutes(5),
    deployAnother: async () => {
      await stopAll(stage);
      shop.release('v3');
    },
    deployGood: async () => {
      await stopAll(stage);
      shop.putBack('v1');
    },
  };
}

/** One deployment at a time: the one in progress is stopped first. */
async function stopAll(stage: Stage): Promise<void> {
  for (const deploymentId of await listed(stage)) {
    try {
      stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: false });
    } catch {
      continue;
    }
  }
  await stage.minutes(0.2);
}

function listed(stage: Stage): Promise<readonly string[]> {
  const named = { applicationName: 'shop', deploymentGroupName: 'checkout' };
  return Promise.resolve(
    stage.call<{ deployments?: string[] }>('codedeploy', 'ListDeployments', named).deployments ?? [],
  );
}

async function over(
  keepsOldMinutes: number,
  minutes: number,
  then?: (stage: Stage, id: string) => Promise<void>,
) {
  const stage = openWorld();
  const shop = await openCodeDeployShop(stage, { keepsOldMinutes });
  const id = shop.release('v2', FAULTY);
  await stage.minutes(minutes);
  await then?.(stage, id);
  return fixture(stage, shop);
}

mechanismContract('ecs under CODE_DEPLOY, on the embedded AWS', {
  inFlight: () => over(60, 3),
  completed: () => over(0, 5),
  rollingBack: () =>
    over(60, 3, async (stage, deploymentId) => {
      stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: true });
      await stage.until('it goes back', () => {
        const { deploymentInfo } = stage.call<{
          deploymentInfo: { rollbackInfo?: { rollbackDeploymentId?: string } };
        }>('codedeploy', 'GetDeployment', { deploymentId });
        return deploymentInfo.rollbackInfo?.rollbackDeploymentId !== undefined;
      });
    }),
  first: async () => {
    const stage = openWorld();
    const shop = await openCodeDeployShop(stage);
    return fixture(stage, shop);
  },
  missing: () => fixture(openWorld(), { releases: {} } as unknown as CodeDeployShop),
});
