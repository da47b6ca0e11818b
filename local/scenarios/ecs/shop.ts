import type {
  CreateServiceRequest,
  DeploymentConfiguration,
  DescribeServicesResponse,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
} from '@aws-sdk/client-ecs';
import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { ACCOUNT, arn } from '../../world/aws.ts';
import type { Behaviour } from '../../world/seams.ts';
import type { Stage } from '../stage.ts';
import { openLoadBalancer, type Balancer } from './balancer.ts';

/** The service of the ECS stories: `checkout` in the cluster `prod`, behind a load balancer, under live traffic. */
export const TARGET = 'ecs:prod/checkout';

/** What a good release does. Faults are said as what differs from it. */
export const GOOD: Behaviour = { startSeconds: 20, health: 'passes', errorRate: 0.001, latency: 0.08 };

export interface ShopOptions {
  /** AWS tags of the service. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly desiredCount?: number;
  readonly deployment?: DeploymentConfiguration;
  /** The first release; a good one unless the story says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** Waits until the first release is proven in the ledger; otherwise only until it runs. */
  readonly proven?: boolean;
  /** What the alarm on errors does besides its event: ARNs. */
  readonly alarmActions?: readonly string[];
  /** Blue/green, canary and linear deployments need a second target group and a listener rule. */
  readonly twoGroups?: boolean;
}

/** What stories do with the shop. */
export interface Shop {
  /** ARN of the ECS service. */
  readonly arn: string;
  /** ARNs of the task definitions by release, `v1` first. */
  readonly releases: Readonly<Record<string, string>>;
  /** Pushes an image, registers a task definition and updates the service to it. */
  release(name: string, behaviour?: Partial<Behaviour>, how?: ReleaseOptions): void;
  /** Waits until no deployment is under way any more. */
  deployed(): Promise<void>;
  update(change: object): void;
  /** Puts one more alarm: some host is unhealthy. */
  watchHosts(): void;
}

export interface ReleaseOptions {
  /** Registers the task definition for an image that was never pushed. */
  readonly imageMissing?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Starts new tasks before it stops old ones. */
export const ROLLING: DeploymentConfiguration = { maximumPercent: 200, minimumHealthyPercent: 100 };
const SOAK_MINUTES = 5;

/** Opens the shop with its first release, its traffic and its alarms. */
export async function openShop(stage: Stage, options: ShopOptions = {}): Promise<Shop> {
  const { desiredCount = 4, deployment = ROLLING, first = {}, proven = true, twoGroups = false } = options;
  const tags = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...options.tags };
  const balancer = openLoadBalancer(stage, twoGroups);
  const releases: Record<string, string> = {};

  stage.call('ecs', 'CreateCluster', { clusterName: 'prod' });
  releases['v1'] = register(stage, 'v1', { ...GOOD, ...first });
  const service: CreateServiceRequest = {
    cluster: 'prod',
    serviceName: 'checkout',
    taskDefinition: releases['v1'],
    desiredCount,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    loadBalancers: [
      {
        targetGroupArn: balancer.blue,
        containerName: 'checkout',
        containerPort: 8080,
        ...(twoGroups && {
          advancedConfiguration: {
            alternateTargetGroupArn: balancer.green,
            productionListenerRule: balancer.rule,
            roleArn: `arn:aws:iam::${ACCOUNT}:role/ecs-load-balancing`,
          },
        }),
      },
    ],
    deploymentConfiguration: deployment,
    healthCheckGracePeriodSeconds: 30,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
  stage.call('ecs', 'CreateService', service);
  putAlarms(stage, balancer, options.alarmActions ?? []);
  await stage.minutes(3);

  const shop: Shop = {
    arn: arn('ecs', 'service/prod/checkout'),
    releases,
    release(name, behaviour = {}, how = {}) {
      releases[name] = register(stage, name, { ...GOOD, ...behaviour }, how);
      shop.update({ taskDefinition: releases[name] });
      stage.journal.note(`release ${name} is deployed`);
    },
    update: (change) =>
      stage.call('ecs', 'UpdateService', { cluster: 'prod', service: 'checkout', ...change }),
    watchHosts: () => putHostsAlarm(stage, balancer),
    deployed: () => stage.until('the deployment is over', () => !isDeploying(stage)),
  };
  await shop.deployed();
  if (proven) await stage.minutes(SOAK_MINUTES + 4);
  return shop;
}

function isDeploying(stage: Stage): boolean {
  const { serviceDeployments = [] } = stage.call<{ serviceDeployments?: { status?: string }[] }>(
    'ecs',
    'ListServiceDeployments',
    {
      cluster: 'prod',
      service: 'checkout',
    },
  );
  return serviceDeployments.some(
    ({ status }) => status === 'IN_PROGRESS' || status === 'PENDING' || status?.startsWith('ROLLBACK_REQ'),
  );
}

export function register(stage: Stage, name: string, behaviour: Behaviour, how: ReleaseOptions = {}): string {
  const image = how.imageMissing
    ? `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/checkout:${name}`
    : stage.world.ecr.push('checkout', name, behaviour).uri;
  const definition: RegisterTaskDefinitionRequest = {
    family: 'checkout',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      { name: 'checkout', image, essential: true, portMappings: [{ containerPort: 8080 }] },
    ],
    tags: Object.entries(how.tags ?? {}).map(([key, value]) => ({ key, value })),
  };
  const { taskDefinition } = stage.call<RegisterTaskDefinitionResponse>(
    'ecs',
    'RegisterTaskDefinition',
    definition,
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

/** What all alarms of the shop have in common: two minutes out of two, and a tag that names the target. */
const ALARM = {
  EvaluationPeriods: 2,
  DatapointsToAlarm: 2,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
  Tags: [{ Key: 'lastgood:target', Value: TARGET }],
} satisfies Partial<PutMetricAlarmInput>;

const NAMESPACE = 'AWS/ApplicationELB';

/** Two alarms of the usual sort: share of errors, and response time. */
export function putAlarms(stage: Stage, balancer: Balancer, actions: readonly string[] = []): void {
  const Dimensions = [dimension('LoadBalancer', balancer.loadBalancer)];
  const metric = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: { Namespace: NAMESPACE, MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
  });
  putAlarm(stage, {
    ...ALARM,
    AlarmName: 'checkout-errors',
    AlarmActions: [...actions],
    Threshold: 5,
    Metrics: [
      { Id: 'share', Expression: '100 * (FILL(target, 0) + FILL(balancer, 0)) / requests', ReturnData: true },
      metric('target', 'HTTPCode_Target_5XX_Count'),
      metric('balancer', 'HTTPCode_ELB_5XX_Count'),
      metric('requests', 'RequestCount'),
    ],
  });
  const TargetResponseTime = {
    Namespace: NAMESPACE,
    MetricName: 'TargetResponseTime',
    Dimensions,
    Period: 60,
  };
  putAlarm(stage, {
    ...ALARM,
    ...TargetResponseTime,
    AlarmName: 'checkout-latency',
    Statistic: 'Average',
    Threshold: 0.5,
  });
}

function putHostsAlarm(stage: Stage, { blue, loadBalancer }: Balancer): void {
  const Dimensions = [dimension('TargetGroup', blue), dimension('LoadBalancer', loadBalancer)];
  const UnHealthyHostCount = {
    Namespace: NAMESPACE,
    MetricName: 'UnHealthyHostCount',
    Dimensions,
    Period: 60,
  };
  putAlarm(stage, {
    ...ALARM,
    ...UnHealthyHostCount,
    AlarmName: 'checkout-hosts',
    Statistic: 'Maximum',
    Threshold: 0,
  });
}

function putAlarm(stage: Stage, alarm: PutMetricAlarmInput): void {
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

/** CloudWatch names load balancers and target groups by the last part of their ARNs. */
function dimension(Name: 'LoadBalancer' | 'TargetGroup', resource: string): { Name: string; Value: string } {
  const part =
    Name === 'LoadBalancer'
      ? /loadbalancer\/(.*)$/.exec(resource)?.[1]
      : /:(targetgroup\/.*)$/.exec(resource)?.[1];
  return { Name, Value: part ?? '' };
}

/** A tool asks for a rollback on Lastgood's own bus. */
export function request(
  stage: Stage,
  detail: { readonly target: string; readonly reason: string; readonly revision?: string },
): void {
  const entry = {
    EventBusName: 'lastgood-prod',
    Source: 'ci',
    DetailType: 'Rollback Requested',
    Detail: JSON.stringify(detail),
  };
  stage.call('events', 'PutEvents', { Entries: [entry] });
  stage.journal.note(`a rollback of ${detail.target} is requested on the bus`);
}

/** Null when the service runs this task definition and nothing else; else what it runs. */
export function wentTo(stage: Stage, family: string): string | null {
  const { services = [] } = stage.call<DescribeServicesResponse>('ecs', 'DescribeServices', {
    cluster: 'prod',
    services: ['checkout'],
  });
  const runs = (services[0]?.deployments ?? []).map(
    ({ taskDefinition = '' }) => taskDefinition.split('/')[1],
  );
  return runs.length === 1 && runs[0] === family
    ? null
    : `the service runs ${runs.join(', ')}, not ${family}`;
}

/** Null when the event was kept with its error; else what is wrong. */
export function keptAsDeadLetter(stage: Stage): string | null {
  const kept = stage.runtime.queues.messages('lastgood-prod-dead-letters').length;
  return kept === 1 ? null : `${kept} messages in the dead-letter queue, not 1`;
}
