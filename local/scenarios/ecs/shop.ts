import type { CreateServiceRequest, DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { ACCOUNT, arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { request as requestOnBus, type Asked } from '../requests.ts';
import type { Stage } from '../stage.ts';
import { putAlarms, putHostsAlarm } from './alarms.ts';
import { openLoadBalancer, type Balancer } from './balancer.ts';
import { completed, register, type ReleaseOptions } from './task-definitions.ts';

export interface ShopOptions {
  /** AWS tags of the service, which may name the load balancer's URL. */
  readonly tags?: Tags | ((balancer: Balancer) => Tags);
  readonly desiredCount?: number;
  readonly deployment?: DeploymentConfiguration;
  /** The first release; a good one unless the scenario says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** How the first release is registered. */
  readonly firstHow?: ReleaseOptions;
  /** Waits until the first release is proven in the ledger; otherwise only until it runs. */
  readonly proven?: boolean;
  /** Puts these alarms in place of the usual two. */
  readonly putAlarms?: (stage: Stage, balancer: Balancer) => void;
  /** Actions of the alarm on errors besides its event: ARNs. */
  readonly alarmActions?: readonly string[];
  /** Blue/green, canary and linear deployments need a second target group and a listener rule. */
  readonly twoGroups?: boolean;
  /** Gives such a deployment a test listener as well. */
  readonly testListener?: boolean;
}

type Tags = Readonly<Record<string, string>>;

export interface ServiceRelease extends ReleaseOptions {
  /** Other settings of the service that the release changes. */
  readonly service?: object;
}

/** Actions of a scenario on the shop. */
export interface Shop {
  /** ARN of the ECS service. */
  readonly arn: string;
  /** ARNs of the task definitions by release, `v1` first. */
  readonly releases: Readonly<Record<string, string>>;
  /** Pushes an image, registers a task definition and updates the service to it. */
  release(name: string, behaviour?: Partial<Behaviour>, how?: ServiceRelease): void;
  /** Waits until no deployment is in progress. */
  deployed(): Promise<void>;
  update(change: object): void;
  /** Deletes the service. The load balancer answers 503 itself. */
  shut(): void;
  /** Puts one more alarm: some host is unhealthy. */
  watchHosts(): void;
}

/** Starts new tasks before it stops old ones. */
export const ROLLING: DeploymentConfiguration = { maximumPercent: 200, minimumHealthyPercent: 100 };
const SOAK_MINUTES = 5;

/** Opens the shop with its first release, its traffic and its alarms. */
export async function openShop(stage: Stage, options: ShopOptions = {}): Promise<Shop> {
  const { first = {}, firstHow = {}, proven = true } = options;
  const balancer = openLoadBalancer(stage, options);
  const releases: Record<string, string> = {};

  stage.call('ecs', 'CreateCluster', { clusterName: 'prod' });
  releases['v1'] = register(stage, 'v1', completed(first), firstHow);
  stage.call('ecs', 'CreateService', serviceOf(releases['v1'], balancer, options));
  if (options.putAlarms === undefined) putAlarms(stage, balancer, options.alarmActions ?? []);
  else options.putAlarms(stage, balancer);
  await stage.minutes(3);

  const shop = shopOf(stage, balancer, releases);
  await shop.deployed();
  if (proven) await stage.minutes(SOAK_MINUTES + 4);
  return shop;
}

function serviceOf(
  taskDefinition: string,
  balancer: Balancer,
  { tags = {}, desiredCount = 4, deployment = ROLLING, twoGroups = false }: ShopOptions,
): CreateServiceRequest {
  const { blue, green, rule, testRule } = balancer;
  const own = typeof tags === 'function' ? tags(balancer) : tags;
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...own };
  const advancedConfiguration = {
    alternateTargetGroupArn: green,
    productionListenerRule: rule,
    ...(testRule !== '' && { testListenerRule: testRule }),
    roleArn: `arn:aws:iam::${ACCOUNT}:role/ecs-load-balancing`,
  };
  return {
    cluster: 'prod',
    serviceName: 'checkout',
    taskDefinition,
    desiredCount,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    loadBalancers: [
      {
        targetGroupArn: blue,
        containerName: 'checkout',
        containerPort: 8080,
        ...(twoGroups && { advancedConfiguration }),
      },
    ],
    deploymentConfiguration: deployment,
    healthCheckGracePeriodSeconds: 30,
    tags: Object.entries(all).map(([key, value]) => ({ key, value })),
  };
}

function shopOf(stage: Stage, balancer: Balancer, releases: Record<string, string>): Shop {
  const shop: Shop = {
    arn: arn('ecs', 'service/prod/checkout'),
    releases,
    release(name, behaviour = {}, how = {}) {
      releases[name] = register(stage, name, completed(behaviour), how);
      shop.update({ taskDefinition: releases[name], ...how.service });
      stage.journal.release(`release ${name} is deployed`);
    },
    update: (change) =>
      stage.call('ecs', 'UpdateService', { cluster: 'prod', service: 'checkout', ...change }),
    shut: () => {
      stage.call('elb', 'ModifyListener', {
        ListenerArn: balancer.listener,
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
      });
      stage.call('ecs', 'DeleteService', { cluster: 'prod', service: 'checkout', force: true });
      stage.journal.note('the shop is shut: the service is deleted');
    },
    watchHosts: () => putHostsAlarm(stage, balancer),
    deployed: () => stage.until('the deployment is over', () => !isDeploying(stage)),
  };
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

/** Asks for a rollback on Lastgood's bus, as a tool does. */
export function request(stage: Stage, detail: Asked): void {
  requestOnBus(stage, detail);
  stage.journal.note(`a rollback of ${detail.target} is requested on the bus`);
}
