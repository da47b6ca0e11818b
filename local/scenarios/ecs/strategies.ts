import type { DescribeServicesCommandOutput, LoadBalancer } from '@aws-sdk/client-ecs';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Scenario } from '../scenario.ts';
import { advised } from '../evidence/found.ts';
import type { Stage } from '../stage.ts';
import { wasProvenBy, wentTo } from './endings.ts';
import { openShop, ROLLING } from './shop.ts';
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
    name: 'ecs-blue-green-to-rolling',
    shows:
      'the bad release gave blue/green up for rolling: the load balancers come back with their infrastructure role',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
      });
      shop.release('v2', FAULTY, { service: toRolling(stage) });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        wentTo(stage, 'checkout:1') ??
        hasSecondGroup(stage, true) ??
        advised(
          /^How ECS deploys has changed since the deployment before the release: .*strategy BLUE_GREEN → ROLLING.* --deployment-configuration '\{.*"strategy":"BLUE_GREEN"/,
        )(stage),
    },
  },
  {
    name: 'ecs-blue-green-to-rolling-refused',
    shows:
      'the same, but ECS refuses these load balancers while the service rolls: the old task definition goes back alone',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
      });
      shop.release('v2', FAULTY, { service: toRolling(stage) });
      const message = 'The advanced configuration needs the deployment strategy BLUE_GREEN.';
      const error = new AwsError('InvalidParameterException', message);
      stage.runtime.wire.disturb.fail({ service: 'ecs', operation: 'UpdateService', error }, 1);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        wentTo(stage, 'checkout:1') ??
        hasSecondGroup(stage, false) ??
        advised(
          /^ECS refused the loadBalancers of checkout:1, so the service keeps those of checkout:2\. Set/,
        )(stage),
    },
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

/** Returns the update that gives the second target group and the strategy up. */
function toRolling(stage: Stage) {
  const loadBalancers = balancersOf(stage).map(({ targetGroupArn, containerName, containerPort }) => ({
    targetGroupArn,
    containerName,
    containerPort,
  }));
  return { loadBalancers, deploymentConfiguration: { ...ROLLING, strategy: 'ROLLING' as const } };
}

/** Returns null if the service has a second target group as expected, or else the difference. */
function hasSecondGroup(stage: Stage, expected: boolean): string | null {
  const has = balancersOf(stage).some(({ advancedConfiguration }) => advancedConfiguration !== undefined);
  return has === expected ? null : `the service has ${has ? 'a' : 'no'} second target group`;
}

function balancersOf(stage: Stage): readonly LoadBalancer[] {
  const { services = [] } = stage.call<DescribeServicesCommandOutput>('ecs', 'DescribeServices', {
    cluster: 'prod',
    services: ['checkout'],
  });
  return services[0]?.loadBalancers ?? [];
}
