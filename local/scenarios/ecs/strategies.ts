import type { Scenario } from '../scenario.ts';
import { wasProvenBy, wentTo } from './endings.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };

/** ECS's own blue/green, canary and linear deployments. */
export const strategies: readonly Scenario[] = [
  {
    name: 'ecs-blue-green-bake',
    shows: 'blue/green, the alarm turns while it bakes: traffic goes back to blue at once',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 20 },
      });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'] },
  },
  {
    name: 'ecs-blue-green-completed',
    shows: 'blue/green, the alarm turns after blue is gone: the good revision is deployed again, blue/green',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
      });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-blue-green-over-baking',
    shows:
      'a bad release is deployed over one that still bakes: the good one gets another target group, and is watched there',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 20 },
      });
      shop.release('v2');
      await stage.minutes(4);
      shop.release('v3', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1') ?? wasProvenBy(stage, 'target group checkout-green'),
    },
  },
  {
    name: 'ecs-canary',
    shows: 'canary, a fifth of the traffic meets the bad release: it is stopped before the rest does',
    target: TARGET,
    async play(stage) {
      const canaryConfiguration = { canaryPercent: 20, canaryBakeTimeInMinutes: 15 };
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'CANARY', canaryConfiguration, bakeTimeInMinutes: 5 },
      });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'] },
  },
  {
    name: 'ecs-linear',
    shows: 'linear, the alarm turns part of the way: all traffic goes back',
    target: TARGET,
    async play(stage) {
      const linearConfiguration = { stepPercent: 25, stepBakeTimeInMinutes: 4 };
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'LINEAR', linearConfiguration, bakeTimeInMinutes: 5 },
      });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'] },
  },
  {
    name: 'ecs-paused-at-hook',
    shows:
      'blue/green pauses at a hook after the shift and the alarm turns: the hook is answered with a rollback',
    target: TARGET,
    async play(stage) {
      const lifecycleHooks = [
        {
          targetType: 'PAUSE',
          lifecycleStages: ['POST_PRODUCTION_TRAFFIC_SHIFT'],
          timeoutConfiguration: { timeoutInMinutes: 60 },
        },
      ];
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 },
      });
      shop.update({
        deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5, lifecycleHooks },
      });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['ContinueServiceDeployment'] },
  },
];
