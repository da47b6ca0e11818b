import type {
  DeploymentConfiguration,
  DescribeServiceRevisionsResponse,
  ListServiceDeploymentsResponse,
} from '@aws-sdk/client-ecs';
import { openShop, ROLLING, type Shop } from '../../../scenarios/ecs/shop.ts';
import { TARGET } from '../../../scenarios/ecs/target.ts';
import { register } from '../../../scenarios/ecs/task-definitions.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import { putAlarms } from '../../alarms.ts';
import type { Ground, Subject } from '../../ground.ts';
import type { Release } from '../../releases.ts';
import { canScale, countOf, releaseWith, retag, SERVICE, watchedAt } from './service.ts';

/** What a service of ECS's own controller is deployed with, by strategy. */
const STRATEGIES: Readonly<Record<string, DeploymentConfiguration>> = {
  rolling: ROLLING,
  'rolling-with-breaker': {
    ...ROLLING,
    deploymentCircuitBreaker: { enable: true, rollback: true },
  },
  'rolling-without-minimum': { maximumPercent: 100, minimumHealthyPercent: 0 },
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
          alarms = putAlarms(stage, settings, watchedAt(balancer), TARGET);
        },
      });
      return subjectOf(stage, shop, alarms, first);
    },
  };
}

/** Services that ECS deploys natively. */
export const native: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, deployment]) =>
  groundOf(strategy, deployment),
);

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
    releaseOf: (revision) => releaseWith(definitions, definitionIn(stage, revision)),
    tag: (tags) => retag(stage, tags),
    capacity: () => countOf(stage),
    can: {
      ...canScale(stage),
      abort: () => abort(stage),
      drift: () => shop.update({ enableExecuteCommand: true }),
      'lose-first': () =>
        stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: definitions.get(first.name) }),
    },
  };
}

/** Returns the task definition of a service revision. ECS keeps as many as it keeps deployments. */
function definitionIn(stage: Stage, revision: string): string {
  if (!revision.includes(':service-revision/')) return revision;
  const { serviceRevisions = [] } = stage.call<DescribeServiceRevisionsResponse>(
    ...(['ecs', 'DescribeServiceRevisions', { serviceRevisionArns: [revision] }] as const),
  );
  return serviceRevisions[0]?.taskDefinition ?? revision;
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
