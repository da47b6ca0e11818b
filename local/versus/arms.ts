import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import type { DescribeLoadBalancersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stage } from '../scenarios/stage.ts';

export const ARM_NAMES = ['nothing', 'natives0', 'natives10', 'lastgood', 'both', 'lookout'] as const;
export type ArmName = (typeof ARM_NAMES)[number];

/** The protection that a release meets. */
export interface Arm {
  /** AWS's own: circuit breaker, alarms that roll a deployment back, and minutes of watching after it. Null: none. */
  readonly natives: { readonly bakeMinutes: number } | null;
  readonly lastgood: boolean;
  readonly lookout: boolean;
  /** The users' alarms; without them only the lookout can see a release. */
  readonly alarms: boolean;
}

/** AWS's recommendation: watch for as long as the alarms need to turn. */
const RECOMMENDED = { bakeMinutes: 10 };

export const ARMS: Readonly<Record<ArmName, Arm>> = {
  nothing: { natives: null, lastgood: false, lookout: false, alarms: true },
  natives0: { natives: { bakeMinutes: 0 }, lastgood: false, lookout: false, alarms: true },
  natives10: { natives: RECOMMENDED, lastgood: false, lookout: false, alarms: true },
  lastgood: { natives: null, lastgood: true, lookout: false, alarms: true },
  both: { natives: RECOMMENDED, lastgood: true, lookout: false, alarms: true },
  lookout: { natives: RECOMMENDED, lastgood: true, lookout: true, alarms: true },
};

/** The lookout alone, for good releases: neither AWS nor an alarm can accuse. */
export const LOOKOUT_ALONE: Arm = { natives: null, lastgood: true, lookout: true, alarms: false };

/** The names of the users' alarms. Deployments watch them where the arm says so. */
export const ERRORS_ALARM = 'checkout-errors';
export const LATENCY_ALARM = 'checkout-latency';
const ALARMS = [ERRORS_ALARM, LATENCY_ALARM];

type Tags = Readonly<Record<string, string>>;

/** The tags with which every arm opens its target, so that the first release is proven soon. */
export const OPENING_TAGS: Tags = { lastgood: 'auto', 'lastgood:soak': '5' };

/** Returns the tags that a target of Lastgood has when the release comes. All settings have their defaults. */
export function tagsOf(arm: Arm, stage: Stage): Tags {
  if (!arm.lastgood) return {};
  return {
    lastgood: 'auto',
    ...(arm.lookout && { 'lastgood:lookout': 'act' }),
    ...probeTags(stage),
  };
}

/** Returns the tag that names an address to probe: that of the story's load balancer. A function has none. */
export function probeTags(stage: Stage): Tags {
  const { LoadBalancers = [] } = stage.call<DescribeLoadBalancersOutput>('elb', 'DescribeLoadBalancers', {});
  const [balancer] = LoadBalancers;
  return balancer === undefined ? {} : { 'lastgood:probe': `http://${balancer.DNSName ?? ''}/` };
}

/** Returns the settings of an ECS deployment: the strategy, which is the same in every arm, and what watches it. */
export function ecsSettings({ natives }: Arm, strategy: DeploymentConfiguration): DeploymentConfiguration {
  const watched = natives !== null;
  return {
    ...strategy,
    ...((watched || strategy.strategy !== undefined) && { bakeTimeInMinutes: bakeMinutes({ natives }) }),
    deploymentCircuitBreaker: { enable: watched, rollback: watched },
    alarms: { enable: watched, rollback: watched, alarmNames: watched ? ALARMS : [] },
  };
}

/**
 * Returns the minutes for which the old side stays after the shift. That belongs to the strategy, so arms without
 * natives have it too.
 */
export function bakeMinutes({ natives }: Pick<Arm, 'natives'>): number {
  return (natives ?? RECOMMENDED).bakeMinutes;
}
