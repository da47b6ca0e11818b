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

/** What a good release does. Faults are said as what differs from it. */
const GOOD: Behaviour = { startSeconds: 30, health: 'passes', errorRate: 0.0001, latency: 0.08 };

export interface FarmOptions extends BalancerOptions {
  /** The alarm watches green's target group and has no tag: the groups say what stands behind them. */
  readonly alarmsOnGroup?: boolean;
  /** Waits until blue is proven in the ledger. */
  readonly proven?: boolean;
}

/** What stories do with the farm: two Auto Scaling groups, `shop-blue` and `shop-green`, behind one load balancer. */
export interface TwoGroups extends Balancer {
  /** `elb:<ARN of the rule or listener>` */
  readonly target: string;
  /** Starts a release on one side in place of what is there, and waits until its instances are healthy. */
  start(side: Side, behaviour?: Partial<Behaviour>): Promise<void>;
  resize(side: Side, instances: number): Promise<void>;
  /** Waits until what has the traffic now is proven. */
  soak(): Promise<void>;
}

const INSTANCES = 4;

/** Opens the farm: blue has the traffic and is proven, its alarm is quiet. */
export async function openTwoGroups(stage: Stage, options: FarmOptions = {}): Promise<TwoGroups> {
  const balancer = openBalancer(stage, options);
  const farm = farmOf(stage, balancer);
  if (options.on === 'network listener') reportErrors(stage);
  putAlarm(stage, farm, options);
  await farm.start('blue');
  if (options.proven !== false) await farm.soak();
  return farm;
}

function farmOf(stage: Stage, balancer: Balancer): TwoGroups {
  return {
    ...balancer,
    target: `elb:${balancer.arn}`,
    weigh(weights: Weights) {
      balancer.weigh(weights);
      stage.journal.note(`the weights are ${JSON.stringify(weights)}`);
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
    TargetGroupARNs: [balancer.groups[side]],
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

async function becomes(stage: Stage, { groups }: Balancer, side: Side, instances: number): Promise<void> {
  const isSo = () => {
    const { healthy, registered } = stage.world.elb.counts(groups[side]);
    return healthy === instances && registered === instances;
  };
  await stage.until(`${instances} instances of shop-${side} are healthy`, isSo, 20);
}

const MINUTE = 60_000;

/** What the shop itself counts, for a load balancer that sees connections and no errors. */
function reportErrors({ world: { clock, cloudwatch }, traffic }: Stage): void {
  clock.every(MINUTE, () => {
    const lately = traffic.history().filter(({ at }) => at.getTime() >= clock.now() - MINUTE);
    const value = lately.reduce((sum, { errors }) => sum + errors, 0);
    cloudwatch.record({ namespace: 'Shop', name: 'Errors', dimensions: {}, value, at: clock.now() - MINUTE });
  });
}

/** More than one error a second, for two minutes. */
function putAlarm(stage: Stage, farm: TwoGroups, { alarmsOnGroup = false, on }: FarmOptions): void {
  const tag = { Key: 'lastgood:target', Value: farm.target };
  if (alarmsOnGroup)
    for (const arn of Object.values(farm.groups))
      stage.call('elb', 'AddTags', { ResourceArns: [arn], Tags: [tag] });
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'shop-errors',
    ...(on === 'network listener'
      ? { Namespace: 'Shop', MetricName: 'Errors' }
      : balancerErrors(farm, alarmsOnGroup)),
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

function balancerErrors({ loadBalancer, groups }: TwoGroups, onGroup: boolean): Partial<PutMetricAlarmInput> {
  const dimensions = {
    LoadBalancer: loadBalancer.split(':loadbalancer/')[1],
    ...(onGroup && { TargetGroup: groups.green.split(':').at(-1) }),
  };
  return {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_Target_5XX_Count',
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
