import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Balancer } from '../../../scenarios/ecs/balancer.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import type { Subject } from '../../ground.ts';
import { behindBalancer, type Watched } from '../../alarms.ts';

/** The service of the stories. */
export const SERVICE = { cluster: 'prod', service: 'checkout' };

const ARN = arn('ecs', 'service/prod/checkout');

/** Returns the metrics of the service behind its load balancer. */
export function watchedAt({ loadBalancer, blue, green }: Balancer): Watched {
  return behindBalancer(
    loadBalancer,
    [blue, green].filter((group) => group !== ''),
  );
}

/** Returns the release whose task definition a revision is. */
export function releaseWith(
  definitions: Iterable<readonly [string, string]>,
  revision: string,
): string | null {
  const isIt = (definition: string) => definition.endsWith(`/${revision}`) || definition === revision;
  return [...definitions].find(([, definition]) => isIt(definition))?.[0] ?? null;
}

/** Replaces the service's tags that begin with `lastgood`. */
export function retag(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const resourceArn = ARN;
  const { tags: now = [] } = stage.call<{ tags?: { key?: string }[] }>('ecs', 'ListTagsForResource', {
    resourceArn,
  });
  const tagKeys = now.flatMap(({ key }) => (key?.startsWith('lastgood') ? [key] : []));
  stage.call('ecs', 'UntagResource', { resourceArn, tagKeys });
  const added = Object.entries(tags).map(([key, value]) => ({ key, value }));
  if (added.length > 0) stage.call('ecs', 'TagResource', { resourceArn, tags: added });
}

/** Returns what is done to a service alike under every controller. */
export function canScale(stage: Stage): Subject['can'] {
  const update = (change: object) => stage.call('ecs', 'UpdateService', { ...SERVICE, ...change });
  let before = 0;
  return {
    'scale-to-nothing': () => {
      before = Math.max(before, countOf(stage));
      update({ desiredCount: 0 });
    },
    'scale-back': () => {
      if (countOf(stage) === 0) update({ desiredCount: before });
    },
    grow: () => update({ desiredCount: countOf(stage) + 2 }),
    shrink: () => update({ desiredCount: Math.max(1, countOf(stage) - 1) }),
    drift: () => update({ healthCheckGracePeriodSeconds: 60 }),
  };
}

/** Returns the desired count. */
export function countOf(stage: Stage): number {
  const { services } = stage.call<{ services?: { desiredCount?: number }[] }>('ecs', 'DescribeServices', {
    ...{ cluster: SERVICE.cluster, services: [SERVICE.service] },
  });
  return services?.[0]?.desiredCount ?? 0;
}
