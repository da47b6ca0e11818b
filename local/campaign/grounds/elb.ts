import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { openTwoGroups, type TwoGroups } from '../../scenarios/elb/two-groups.ts';
import type { BalancerOptions } from '../../scenarios/elb/balancer.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { behindBalancer, putAlarms, type Watched } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import type { Release } from '../releases.ts';
import { SIDES, TwoSides, type Places, type Side, type Steps } from '../two-sides.ts';

type Strategy = Steps & Pick<BalancerOptions, 'on' | 'stickySeconds'>;

/** How a pipeline moves the weights of a rule or listener, by controller and strategy. */
const STRATEGIES: readonly (readonly [controller: string, strategy: string, how: Strategy])[] = [
  ['rule', 'blue-green', { percents: [100] }],
  ['rule', 'blue-green-old-gone', { percents: [100], oldGoneMinutes: 10 }],
  ['rule', 'canary', { percents: [10, 50, 100] }],
  ['rule', 'canary-sticky', { percents: [20, 100], stickySeconds: 3600 }],
  ['network-listener', 'blue-green', { percents: [100], on: 'network listener' }],
  ['network-listener', 'canary', { percents: [20, 100], on: 'network listener' }],
];

/** Two Auto Scaling groups behind one load balancer, whose weights a pipeline moves. */
export const grounds: readonly Ground[] = STRATEGIES.map(([controller, strategy, how]) => ({
  kind: 'elb',
  controller,
  strategy,
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const groups = await openTwoGroups(stage, {
      ...how,
      tags: settings.tags,
      instances: settings.count,
      first: first.behaviour,
      proven: false,
      putAlarms: (_, opened) => {
        alarms = putAlarms(stage, settings, watchedOf(opened, how), opened.target);
      },
    });
    return subjectOf(stage, groups, alarms, { first, how });
  },
}));

/** A network load balancer counts no errors: the shop counts its own. */
function watchedOf({ loadBalancer, targetGroups }: TwoGroups, { on }: Strategy): Watched {
  if (on === undefined) return behindBalancer(loadBalancer, Object.values(targetGroups));
  const own = (name: string) => [{ namespace: 'Shop', name, dimensions: {} }];
  return { errors: own('Errors'), requests: own('Requests') };
}

function subjectOf(
  stage: Stage,
  groups: TwoGroups,
  alarms: readonly string[],
  { first, how }: { readonly first: Release; readonly how: Strategy },
): Subject {
  const pipeline = new TwoSides(stage.world.clock, placesOf(stage, groups), how, first);
  const resize = (by: number) => {
    const side = pipeline.serving();
    const { registered } = stage.world.elb.counts(groups.targetGroups[side]);
    setCapacity(stage, side, Math.max(1, registered + by));
  };
  return {
    target: groups.target,
    alarms,
    deploy: (release) => pipeline.deploy(release),
    releaseOf: (revision) => releaseIn(revision, pipeline),
    shares: () => pipeline.shares(),
    tag: (tags) => retag(stage, groups.arn, tags),
    can: {
      abort: () => pipeline.abort(),
      grow: () => resize(1),
      shrink: () => resize(-1),
      drift: () =>
        stage.call('elb', 'ModifyTargetGroup', {
          ...{ TargetGroupArn: groups.targetGroups[pipeline.serving()], HealthCheckIntervalSeconds: 15 },
        }),
      'lose-first': () => pipeline.lose(first.name),
    },
  };
}

function placesOf(stage: Stage, groups: TwoGroups): Places {
  return {
    weight: (side) => {
      const { ForwardConfig } = groups.actions().find(({ Type }) => Type === 'forward') ?? {};
      const attached = ForwardConfig?.TargetGroups ?? [];
      return attached.find((one) => one.TargetGroupArn === groups.targetGroups[side])?.Weight ?? 0;
    },
    weigh: (side, percent) =>
      groups.weigh(
        side === 'blue' ? { blue: percent, green: 100 - percent } : { blue: 100 - percent, green: percent },
      ),
    put: (side, { behaviour }: { readonly behaviour: Behaviour }) => groups.begin(side, behaviour),
    isReady: (side) => groups.isReady(side),
    empty: (side) => setCapacity(stage, side, 0),
  };
}

function setCapacity(stage: Stage, side: Side, DesiredCapacity: number): void {
  stage.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: `shop-${side}`, DesiredCapacity });
}

/** Returns the release of `shop-green/73e2d6bc24d8a067=1@a1b2c3d4e5f6 since 2026-11-22T03:04:00.000Z`. */
function releaseIn(revision: string, pipeline: TwoSides): string | null {
  const [split = '', since = ''] = revision.split(' since ');
  const served = SIDES.filter((side) => new RegExp(`shop-${side}/\\w+=[1-9]`).test(split));
  const [only, another] = served;
  if (only === undefined || another !== undefined) return null;
  return pipeline.releaseOn(only, Date.parse(since));
}

function retag(stage: Stage, resource: string, tags: Readonly<Record<string, string>>): void {
  const ResourceArns = [resource];
  const { TagDescriptions = [] } = stage.call<{
    TagDescriptions?: readonly { readonly Tags?: readonly { readonly Key?: string }[] }[];
  }>('elb', 'DescribeTags', { ResourceArns });
  const TagKeys = (TagDescriptions[0]?.Tags ?? []).flatMap(({ Key }) =>
    Key?.startsWith('lastgood') === true ? [Key] : [],
  );
  if (TagKeys.length > 0) stage.call('elb', 'RemoveTags', { ResourceArns, TagKeys });
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (Tags.length > 0) stage.call('elb', 'AddTags', { ResourceArns, Tags });
}
