import type { DeploymentConfiguration, ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Balancer } from '../../scenarios/ecs/balancer.ts';
import { openShop, ROLLING, type Shop } from '../../scenarios/ecs/shop.ts';
import { TARGET } from '../../scenarios/ecs/target.ts';
import { register } from '../../scenarios/ecs/task-definitions.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { behindBalancer, putAlarms } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import type { Release } from '../releases.ts';

const SERVICE = { cluster: 'prod', service: 'checkout' };

/** What a service of ECS's own controller is deployed with, by strategy. */
const STRATEGIES: Readonly<Record<string, DeploymentConfiguration>> = {
  rolling: ROLLING,
  'rolling-with-breaker': {
    ...ROLLING,
    deploymentCircuitBreaker: { enable: true, rollback: true },
  },
  'blue-green': { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 },
  canary: {
    strategy: 'CANARY',
    bakeTimeInMinutes: 5,
    canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 5 },
  },
  linear: {
    strategy: 'LINEAR',
    bakeTimeInMinutes: 2,
    linearConfiguration: { stepPercent: 34, stepBakeTimeInMinutes: 3 },
  },
};

function groundOf(strategy: string, deployment: DeploymentConfiguration): Ground {
  return {
    kind: 'ecs',
    controller: 'ECS',
    strategy,
    open: async (stage, settings, first) => {
      let alarms: readonly string[] = [];
      const shop = await openShop(stage, {
        tags: settings.tags,
        desiredCount: settings.count,
        deployment,
        first: first.behaviour,
        proven: false,
        twoGroups: !strategy.startsWith('rolling'),
        putAlarms: (_, balancer) => {
          alarms = putAlarms(
            stage,
            settings,
            behindBalancer(balancer.loadBalancer, groupsOf(balancer)),
            TARGET,
          );
        },
      });
      return subjectOf(stage, shop, alarms, first);
    },
  };
}

export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, deployment]) =>
  groundOf(strategy, deployment),
);

function groupsOf({ blue, green }: Balancer): readonly string[] {
  return [blue, green].filter((group) => group !== '');
}

function subjectOf(stage: Stage, shop: Shop, alarms: readonly string[], first: Release): Subject {
  const definitions = new Map([[first.name, shop.releases['v1'] ?? '']]);
  const definitionOf = ({ name, behaviour }: Release): string => {
    const known = definitions.get(name) ?? register(stage, name, behaviour);
    definitions.set(name, known);
    return known;
  };
  return {
    target: TARGET,
    alarms,
    deploy: (release) => shop.update({ taskDefinition: definitionOf(release) }),
    releaseOf: (revision) =>
      [...definitions].find(
        ([, definition]) => definition.endsWith(`/${revision}`) || definition === revision,
      )?.[0] ?? null,
    tag: (tags) => retag(stage, tags),
    can: {
      abort: () => abort(stage),
      grow: () => shop.update({ desiredCount: countOf(stage) + 2 }),
      shrink: () => shop.update({ desiredCount: Math.max(1, countOf(stage) - 1) }),
      drift: () => shop.update({ enableExecuteCommand: true }),
      'lose-first': () =>
        stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: definitions.get(first.name) }),
    },
  };
}

function retag(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const resourceArn = arn('ecs', 'service/prod/checkout');
  const { tags: now = [] } = stage.call<{ tags?: { key?: string }[] }>('ecs', 'ListTagsForResource', {
    resourceArn,
  });
  const tagKeys = now.flatMap(({ key }) => (key?.startsWith('lastgood') ? [key] : []));
  stage.call('ecs', 'UntagResource', { resourceArn, tagKeys });
  const added = Object.entries(tags).map(([key, value]) => ({ key, value }));
  if (added.length > 0) stage.call('ecs', 'TagResource', { resourceArn, tags: added });
}

function abort(stage: Stage): void {
  const { serviceDeployments = [] } = stage.call<ListServiceDeploymentsResponse>(
    'ecs',
    'ListServiceDeployments',
    SERVICE,
  );
  const running = serviceDeployments.find(({ status }) => status === 'IN_PROGRESS');
  if (running === undefined) return;
  stage.call('ecs', 'StopServiceDeployment', {
    ...{ serviceDeploymentArn: running.serviceDeploymentArn, stopType: 'ROLLBACK' },
  });
}

function countOf(stage: Stage): number {
  const { services } = stage.call<{ services?: { desiredCount?: number }[] }>('ecs', 'DescribeServices', {
    ...{ cluster: SERVICE.cluster, services: [SERVICE.service] },
  });
  return services?.[0]?.desiredCount ?? 0;
}
