import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { DescribeAutoScalingGroupsCommandOutput } from '@aws-sdk/client-auto-scaling';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';
import {
  openBalancer,
  SOAK_MINUTES,
  type Balancer,
  type BalancerOptions,
  type Side,
  type Weights,
} from './balancer.ts';

/** Behaviour of a good release. Faults are given as differences from it. */
const GOOD: Behaviour = { startSeconds: 30, health: 'passes', errorRate: 0.0001, latency: 0.08 };

export interface TwoGroupsOptions extends BalancerOptions {
  /** The alarm watches green's target group and has no tag: the groups' tags name the rule. */
  readonly alarmsOnGroup?: boolean;
  /** Waits until blue is proven in the ledger. */
  readonly proven?: boolean;
}

/** Actions of a scenario on two Auto Scaling groups, `shop-blue` and `shop-green`, behind one load balancer. */
export interface TwoGroups extends Balancer {
  /** `elb:<ARN of the rule or listener>` */
  readonly target: string;
  /** Starts a release on one side, in place of the present one, and waits until its instances are healthy. */
  start(side: Side, behaviour?: Partial<Behaviour>): Promise<void>;
  resize(side: Side, instances: number): Promise<void>;
  /** Waits until the release with the traffic is proven. */
  soak(): Promise<void>;
}

const INSTANCES = 4;

/** Opens both groups: blue has the traffic and is proven, and its alarm is quiet. */
export async function openTwoGroups(stage: Stage, options: TwoGroupsOptions = {}): Promise<TwoGroups> {
  const balancer = openBalancer(stage, options);
  const groups = groupsOf(stage, balancer);
  if (options.on === 'network listener') reportErrors(stage);
  putAlarm(stage, groups, options);
  await groups.start('blue');
  if (options.proven !== false) await groups.soak();
  return groups;
}

function groupsOf(stage: Stage, balancer: Balancer): TwoGroups {
  return {
    ...balancer,
    target: `elb:${balancer.arn}`,
    weigh(weights: Weights) {
      balancer.weigh(weights);
      stage.journal.release(`the weights are ${JSON.stringify(weights)}`);
    },
    start: (side, behaviour = {}) => start(stage, balancer, side, { ...GOOD, ...behaviour }),
    async resize(side, instances) {
      const size = { AutoScalingGroupName: `shop-${side}`, DesiredCapacity: instances };
      stage.call('autoscaling', 'SetDesiredCapacity', size);
      await becomes(stage, balancer, side, instances);
    },
    soak: () => stage.minutes(SOAK_MINUTES + 4),
  };
}

async function start(stage: Stage, balancer: Balancer, side: Side, behaviour: Behaviour): Promise<void> {
  const name = `shop-${side}`;
  const release = `${name} of ${stage.world.clock.iso()}`;
  const ImageId = stage.world.ec2.bake(release, behaviour);
  const LaunchTemplateName = release.replaceAll(/[^\w-]/g, '-');
  stage.call('ec2', 'CreateLaunchTemplate', { LaunchTemplateName, LaunchTemplateData: { ImageId } });
  if (isThere(stage, name))
    stage.call('autoscaling', 'DeleteAutoScalingGroup', { AutoScalingGroupName: name, ForceDelete: true });
  stage.call('autoscaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: name,
    LaunchTemplate: { LaunchTemplateName, Version: '1' },
    MinSize: 0,
    MaxSize: 8,
    DesiredCapacity: INSTANCES,
    TargetGroupARNs: [balancer.targetGroups[side]],
    VPCZoneIdentifier: 'subnet-0a1b2c3d',
    Tags: [{ Key: 'lastgood', Value: 'auto', PropagateAtLaunch: false }],
  });
  stage.journal.note(`${name} starts`);
  await becomes(stage, balancer, side, INSTANCES);
}

function isThere(stage: Stage, name: string): boolean {
  const { AutoScalingGroups = [] } = stage.call<Partial<DescribeAutoScalingGroupsCommandOutput>>(
    'autoscaling',
    'DescribeAutoScalingGroups',
    { AutoScalingGroupNames: [name] },
  );
  return AutoScalingGroups.length > 0;
}

async function becomes(
  stage: Stage,
  { targetGroups }: Balancer,
  side: Side,
  instances: number,
): Promise<void> {
  const isSo = () => {
    const { healthy, registered } = stage.world.elb.counts(targetGroups[side]);
    return healthy === instances && registered === instances;
  };
  await stage.until(`${instances} instances of shop-${side} are healthy`, isSo, 20);
}

const MINUTE = 60_000;

/** Counts errors as the shop's own metric. A network load balancer sees connections and no errors. */
function reportErrors({ world: { clock, cloudwatch }, traffic }: Stage): void {
  clock.every(MINUTE, () => {
    const lately = traffic.history().filter(({ at }) => at.getTime() >= clock.now() - MINUTE);
    const value = lately.reduce((sum, { errors }) => sum + errors, 0);
    cloudwatch.record({ namespace: 'Shop', name: 'Errors', dimensions: {}, value, at: clock.now() - MINUTE });
  });
}

/** Puts an alarm: more than one error a second, for two minutes. */
function putAlarm(stage: Stage, groups: TwoGroups, { alarmsOnGroup = false, on }: TwoGroupsOptions): void {
  const tag = { Key: 'lastgood:target', Value: groups.target };
  if (alarmsOnGroup)
    for (const arn of Object.values(groups.targetGroups))
      stage.call('elb', 'AddTags', { ResourceArns: [arn], Tags: [tag] });
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'shop-errors',
    ...(on === 'network listener'
      ? { Namespace: 'Shop', MetricName: 'Errors' }
      : balancerErrors(groups, alarmsOnGroup)),
    Period: 60,
    Statistic: 'Sum',
    EvaluationPeriods: 2,
    DatapointsToAlarm: 2,
    Threshold: 60,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...(!alarmsOnGroup && { Tags: [tag] }),
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

function balancerErrors(
  { loadBalancer, targetGroups }: TwoGroups,
  onGroup: boolean,
): Partial<PutMetricAlarmInput> {
  const dimensions = {
    LoadBalancer: loadBalancer.split(':loadbalancer/')[1],
    ...(onGroup && { TargetGroup: targetGroups.green.split(':').at(-1) }),
  };
  return {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_Target_5XX_Count',
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
