import type { DeploymentConfiguration, ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { openShop, ROLLING, type Shop } from '../scenarios/ecs/shop.ts';
import { TARGET } from '../scenarios/ecs/target.ts';
import type { ReleaseOptions } from '../scenarios/ecs/task-definitions.ts';
import type { Stage } from '../scenarios/stage.ts';
import { keepAlarms, putBalancerAlarms } from './alarms.ts';
import { ecsSettings, OPENING_TAGS, tagsOf, type Arm } from './arms.ts';
import type { Opened } from './story.ts';

/** How a service of ECS is deployed. */
export interface Service {
  readonly strategy: DeploymentConfiguration;
  readonly desiredCount?: number;
}

/** A release of such a service. */
export interface Release {
  /** The first release, where it is not the usual one. */
  readonly first?: Partial<Behaviour>;
  readonly behaviour?: Partial<Behaviour>;
  readonly how?: ReleaseOptions;
  /** Seconds for which health checks that fail are ignored. */
  readonly graceSeconds?: number;
}

export const ROLLING_SERVICE: Service = { strategy: ROLLING };
export const BLUE_GREEN_SERVICE: Service = { strategy: { strategy: 'BLUE_GREEN' } };

/** Opens a service whose first release is proven, and sets what the arm says. */
export async function openService(
  stage: Stage,
  arm: Arm,
  { strategy, desiredCount = 4 }: Service,
  { first = {}, behaviour, how, graceSeconds }: Release,
): Promise<Opened> {
  const twoGroups = strategy.strategy !== undefined;
  const shop = await openShop(stage, {
    ...{ first, desiredCount, twoGroups, tags: OPENING_TAGS },
    deployment: twoGroups ? { ...strategy, bakeTimeInMinutes: 0 } : strategy,
    putAlarms: () => putBalancerAlarms(stage, TARGET),
  });
  retag(stage, shop, arm);
  keepAlarms(stage, arm);
  const service = {
    deploymentConfiguration: ecsSettings(arm, strategy),
    ...(graceSeconds !== undefined && { healthCheckGracePeriodSeconds: graceSeconds }),
  };
  return {
    release: () => shop.release('v2', behaviour, { ...how, service }),
    wentBackNatively: () => hasWentBack(stage),
  };
}

function retag(stage: Stage, { arn: resourceArn }: Shop, arm: Arm): void {
  stage.call('ecs', 'UntagResource', { resourceArn, tagKeys: Object.keys(OPENING_TAGS) });
  const tags = Object.entries(tagsOf(arm, stage)).map(([key, value]) => ({ key, value }));
  if (tags.length > 0) stage.call('ecs', 'TagResource', { resourceArn, tags });
}

function hasWentBack(stage: Stage): boolean {
  const { serviceDeployments = [] } = stage.call<ListServiceDeploymentsResponse>(
    'ecs',
    'ListServiceDeployments',
    { cluster: 'prod', service: 'checkout' },
  );
  return serviceDeployments.some(({ status }) => status?.startsWith('ROLLBACK') === true);
}
