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
  /** The release on blue; a good one unless the scenario says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** Instances of each group; four unless the scenario says otherwise. */
  readonly instances?: number;
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: (stage: Stage, groups: TwoGroups) => void;
}

/** Actions of a scenario on two Auto Scaling groups, `shop-blue` and `shop-green`, behind one load balancer. */
export interface TwoGroups extends Balancer {
  /** `elb:<ARN of the rule or listener>` */
  readonly target: string;
  /** Starts a release on one side, in place of the present one. */
  begin(side: Side, behaviour?: Partial<Behaviour>): void;
  /** Says whether all instances of a side are healthy. */
  isReady(side: Side): boolean;
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
  const groups = groupsOf(stage, balancer, options.instances ?? INSTANCES);
  if (options.on === 'network listener') reportErrors(stage);
  if (options.putAlarms === undefined) putAlarm(stage, groups, options);
  else options.putAlarms(stage, groups);
  await groups.start('blue', options.first);
  if (options.proven !== false) await groups.soak();
  return groups;
}

function groupsOf(stage: Stage, balancer: Balancer, instances: number): TwoGroups {
  const begin = (side: Side, behaviour: Partial<Behaviour> = {}) =>
    launch(stage, balancer, side, completed(behaviour), instances);
  return {
    ...balancer,
    target: `elb:${balancer.arn}`,
    weigh(weights: Weights) {
      balancer.weigh(weights);
      stage.journal.release(`the weights are ${JSON.stringify(weights)}`);
    },
    begin,
    isReady: (side) => has(stage, balancer, side, instances),
    async start(side, behaviour) {
      begin(side, behaviour);
      await becomes(stage, balancer, side, instances);
    },
    async resize(side, size) {
      const desired = { AutoScalingGroupName: `shop-${side}`, DesiredCapacity: size };
      stage.call('autoscaling', 'SetDesiredCapacity', desired);
      await becomes(stage, balancer, side, size);
    },
    soak: () => stage.minutes(SOAK_MINUTES + 4),
  };
}

/** Returns a whole behaviour as the object that it is, because its answers may change with time. */
function completed(behaviour: Partial<Behaviour>): Behaviour {
  return Object.keys(GOOD).every((key) => key in behaviour)
    ? (behaviour as Behaviour)
    : { ...GOOD, ...behaviour };
}

function launch(stage: Stage, balancer: Balancer, side: Side, behaviour: Behaviour, instances: number): void {
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
    DesiredCapacity: instances,
    TargetGroupARNs: [balancer.targetGroups[side]],
    VPCZoneIdentifier: 'subnet-0a1b2c3d',
    Tags: [{ Key: 'lastgood', Value: 'auto', PropagateAtLaunch: false }],
  });
  stage.journal.note(`${name} starts`);
}

function isThere(stage: Stage, name: string): boolean {
  const { AutoScalingGroups = [] } = stage.call<Partial<DescribeAutoScalingGroupsCommandOutput>>(
    'autoscaling',
    'DescribeAutoScalingGroups',
    { AutoScalingGroupNames: [name] },
  );
  return AutoScalingGroups.length > 0;
}

async function becomes(stage: Stage, balancer: Balancer, side: Side, instances: number): Promise<void> {
  const isSo = () => has(stage, balancer, side, instances);
  await stage.until(`${instances} instances of shop-${side} are healthy`, isSo, 20);
}

/** Says whether a side has so many instances, and all are healthy. */
function has(stage: Stage, { targetGroups }: Balancer, side: Side, instances: number): boolean {
  const { healthy, registered } = stage.world.elb.counts(targetGroups[side]);
  return healthy === instances && registered === instances;
}

const MINUTE = 60_000;

/** Counts errors and requests as the shop's own metrics. A network load balancer sees connections and no errors. */
function reportErrors({ world: { clock, cloudwatch }, traffic }: Stage): void {
  clock.every(MINUTE, () => {
    const lately = traffic.history().filter(({ at }) => at.getTime() >= clock.now() - MINUTE);
    const at = clock.now() - MINUTE;
    const errors = lately.reduce((sum, one) => sum + one.errors, 0);
    const requests = lately.reduce((sum, one) => sum + one.requests, 0);
    cloudwatch.record({ namespace: 'Shop', name: 'Errors', dimensions: {}, value: errors, at });
    cloudwatch.record({ namespace: 'Shop', name: 'Requests', dimensions: {}, value: requests, at });
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
