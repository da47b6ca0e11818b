import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type {
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { eventOf } from '../events/speak.ts';
import type { Stage } from '../stage.ts';
import { whole } from '../whole.ts';
import { receive, SOURCE, type Step, type Wanted } from './receiver.ts';

export const TARGET = 'external:argocd/checkout';
export const PARAMETER = '/lastgood/external/argocd/checkout';
const POD = '10.0.8.15';
const PORT = 8080;
const SOAK_MINUTES = 5;
/** From the report of a deployment until its pods have the traffic. */
const STARTS_MS = 45_000;

const GOOD: Behaviour = { startSeconds: 0, health: 'passes', errorRate: 0.0001, latency: 0.05 };

export interface ClusterOptions {
  /** The target of the alarm, whose registration another stack may bring. */
  readonly target?: string;
  /** Tags of the parameter besides the usual ones; null: there is no parameter of this scenario. */
  readonly tags?: Readonly<Record<string, string>> | null;
  /** The source of its reports. */
  readonly source?: string;
  /** The steps of the receiver; without them nothing polls the queue. */
  readonly steps?: readonly Step[];
  /** Nothing reports deployments. */
  readonly isSilent?: boolean;
  /** The behaviour of v1; good unless the scenario says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** Waits until v1 is proven in the ledger. */
  readonly proven?: boolean;
  /** Puts these alarms in place of the usual one. */
  readonly putAlarms?: (loadBalancer: string, targetGroup: string) => void;
}

/** A cluster behind a load balancer, whose deployments another system makes and reports. */
export interface Cluster {
  /** The events that the receiver got. */
  readonly came: readonly Wanted[];
  /** Deploys without a report. */
  deploy(revision: string): void;
  /** Deploys, and reports the beginning and the end. */
  release(revision: string, behaviour?: Partial<Behaviour>): Promise<void>;
  /** Deploys, and reports the beginning alone. */
  begin(revision: string, behaviour?: Partial<Behaviour>): void;
  /** Reports the state of the newest deployment. */
  report(revision: string, state: string): void;
  /** The revision that runs. */
  runs(): string;
}

/** Opens the cluster with v1, which is proven unless nothing reports it. */
export async function openCluster(stage: Stage, options: ClusterOptions = {}): Promise<Cluster> {
  const { target = TARGET, tags = {}, steps, isSilent = false, source = SOURCE } = options;
  const { first = {}, proven = !isSilent } = options;
  const behaviours = new Map<string, Behaviour>();
  let running = '';
  let deployments = 0;
  const deploy = (revision: string) => {
    running = revision;
    stage.world.endpoints.put(POD, behaviours.get(revision) ?? GOOD);
    stage.journal.release(`${revision} is deployed`);
  };
  const report = (revision: string, state: string) => {
    const detail = { target, deployment: String(deployments), revision, state };
    if (!isSilent)
      stage.call('events', 'PutEvents', { Entries: [eventOf(source, 'Deployment Reported', detail)] });
  };
  const begin: Cluster['begin'] = (revision, behaviour = {}) => {
    behaviours.set(revision, whole(GOOD, behaviour));
    deployments++;
    report(revision, 'started');
    stage.world.clock.after(STARTS_MS, () => deploy(revision));
  };
  const release: Cluster['release'] = async (revision, behaviour) => {
    begin(revision, behaviour);
    await stage.minutes(1.5);
    report(revision, 'completed');
  };
  if (tags !== null) register(stage, tags);
  const [loadBalancer, targetGroup] = balance(stage);
  if (options.putAlarms === undefined) putAlarm(stage, loadBalancer, target);
  else options.putAlarms(loadBalancer, targetGroup);
  const came = steps === undefined ? [] : receive(stage, steps, deploy);
  await release('v1', first);
  await stage.minutes(proven ? SOAK_MINUTES + 4 : 3);
  return { came, deploy, release, begin, report, runs: () => running };
}

function register(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), 'lastgood:source': SOURCE, ...tags };
  const Tags = Object.entries(all).flatMap(([Key, Value]) => (Value === '' ? [] : [{ Key, Value }]));
  stage.call('ssm', 'PutParameter', { Name: PARAMETER, Value: 'argocd app checkout', Type: 'String', Tags });
}

/** Puts a load balancer with users before the cluster. Returns its ARN, and that of its target group. */
function balance(stage: Stage): readonly [loadBalancer: string, targetGroup: string] {
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    Name: 'ingress',
    Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  });
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    ...{ Name: 'pods', Protocol: 'HTTP', Port: PORT, VpcId: 'vpc-0a1b2c3d', TargetType: 'ip' },
    ...{ HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2 },
  });
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  stage.world.endpoints.put(POD, GOOD);
  stage.call('elb', 'RegisterTargets', { TargetGroupArn, Targets: [{ Id: POD, Port: PORT }] });
  stage.call('elb', 'CreateListener', {
    ...{ LoadBalancerArn, Protocol: 'HTTP', Port: 80 },
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  return [LoadBalancerArn, TargetGroupArn];
}

/** Puts an alarm that names the target by its tag alone. */
function putAlarm(stage: Stage, loadBalancer: string, target: string): void {
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'checkout-errors',
    ...{ Namespace: 'AWS/ApplicationELB', MetricName: 'HTTPCode_Target_5XX_Count' },
    Dimensions: [{ Name: 'LoadBalancer', Value: loadBalancer.split(':loadbalancer/')[1] ?? '' }],
    ...{ Period: 60, Statistic: 'Sum', EvaluationPeriods: 2, DatapointsToAlarm: 2, Threshold: 60 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' },
    Tags: [{ Key: 'lastgood:target', Value: target }],
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}
