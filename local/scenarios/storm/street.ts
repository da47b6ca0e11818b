import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { RegisterTaskDefinitionResponse } from '@aws-sdk/client-ecs';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import { placeOf } from '@lastgood/embedded-aws/world/cloudwatch/desk.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { behindBalancer, putErrorAlarm } from '../../storm/alarms.ts';
import { alarmNamed } from '../../storm/turns.ts';
import { GOOD } from '../ecs/task-definitions.ts';
import type { Stage } from '../stage.ts';

const CLUSTER = 'prod';
const MINUTE = 60_000;
const SOAK_MINUTES = 5;

/** More than half of the requests fail: no second look is needed. */
const ERRORS = 0.6;

/** The first alarm turns so many milliseconds after a full minute. The others follow, each after so many more. */
const FIRST_IN_MINUTE = 42_000;
const APART_MS = 1_000;

export interface StreetOptions {
  /** Number of services. */
  readonly services: number;
  /** AWS tags of single services, by number, besides those of all. */
  readonly tags?: Readonly<Record<number, Readonly<Record<string, string>>>>;
}

/** ECS services of one cluster, each behind its own load balancer. Their numbers begin with 1. */
export interface Street {
  /** Deploys the image `shop:v2` to services, and waits until it serves. */
  release(...numbers: readonly number[]): Promise<void>;
  /** Deploys an image of its own to one service. */
  releaseTo(number: number, tag: string, errorRate: number): void;
  /** Lets `shop:v2` fail for its users from the next full minute on, wherever it runs. */
  hurt(): void;
}

/** Returns the target of a service. */
export function serviceAt(number: number): string {
  return `ecs:${CLUSTER}/${nameOf(number)}`;
}

/** Returns the targets of the services from one to another, sorted. */
export function services(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => serviceAt(from + index));
}

/**
 * Opens the street, and waits until its first release is proven. Alarms of one minute turn in the order of the services,
 * a second apart.
 */
export async function openStreet(
  stage: Stage,
  { services: count, tags = {} }: StreetOptions,
): Promise<Street> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const { clock } = stage.world;
  let hurtsFrom = Infinity;
  const push = (tag: string, behaviour: Behaviour) => stage.world.ecr.push('shop', tag, behaviour).uri;
  const first = push('v1', GOOD);
  const second = push('v2', {
    ...GOOD,
    get errorRate() {
      return clock.now() < hurtsFrom ? GOOD.errorRate : ERRORS;
    },
  });
  stage.call('ecs', 'CreateCluster', { clusterName: CLUSTER });
  for (const number of numbers) open(stage, number, first, tags[number] ?? {});
  await stage.minutes(3 + SOAK_MINUTES + 4);
  return {
    async release(...released) {
      for (const number of released) update(stage, number, second);
      stage.journal.release(`release v2 is deployed to ${released.map(nameOf).join(', ')}`);
      await stage.minutes(1);
    },
    releaseTo(number, tag, errorRate) {
      update(stage, number, push(tag, { ...GOOD, errorRate }));
      stage.journal.release(`release ${tag} is deployed to ${nameOf(number)}`);
    },
    hurt() {
      hurtsFrom = Math.ceil(clock.now() / MINUTE) * MINUTE;
    },
  };
}

function nameOf(number: number): string {
  return `shop-${number}`;
}

function open(stage: Stage, number: number, image: string, tags: Readonly<Record<string, string>>): void {
  const serviceName = nameOf(number);
  const { loadBalancer, targetGroup } = openBalancer(stage, serviceName);
  const all = { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES), ...tags };
  stage.call('ecs', 'CreateService', {
    ...{ cluster: CLUSTER, serviceName, taskDefinition: register(stage, serviceName, image) },
    ...{ desiredCount: 2, launchType: 'FARGATE', healthCheckGracePeriodSeconds: 30 },
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'shop', containerPort: 8080 }],
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    tags: Object.entries(all).map(([key, value]) => ({ key, value })),
  });
  const phaseOf = (name: string) => placeOf(name, MINUTE, stage.world.random);
  const alarm = alarmNamed(`${serviceName}-errors`, FIRST_IN_MINUTE + number * APART_MS, phaseOf);
  putErrorAlarm(stage, alarm, behindBalancer(loadBalancer, [targetGroup]), serviceAt(number));
}

function update(stage: Stage, number: number, image: string): void {
  const service = nameOf(number);
  const taskDefinition = register(stage, service, image);
  stage.call('ecs', 'UpdateService', { cluster: CLUSTER, service, taskDefinition });
}

function register(stage: Stage, family: string, image: string): string {
  const { taskDefinition } = stage.call<RegisterTaskDefinitionResponse>('ecs', 'RegisterTaskDefinition', {
    ...{ family, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
    taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/shop`,
    executionRoleArn: 'shop-execution',
    containerDefinitions: [{ name: 'shop', image, essential: true, portMappings: [{ containerPort: 8080 }] }],
  });
  return taskDefinition?.taskDefinitionArn ?? '';
}

function openBalancer(stage: Stage, name: string): { loadBalancer: string; targetGroup: string } {
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    ...{ Name: name, Type: 'application', Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'] },
  });
  const loadBalancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    ...{ Name: name, Protocol: 'HTTP', Port: 8080, VpcId: 'vpc-0a1b2c3d', TargetType: 'ip' },
    ...{ HealthCheckPath: '/health', HealthCheckIntervalSeconds: 10 },
    ...{ HealthyThresholdCount: 2, UnhealthyThresholdCount: 2 },
  });
  const targetGroup = TargetGroups?.[0]?.TargetGroupArn ?? '';
  stage.call('elb', 'ModifyTargetGroupAttributes', {
    TargetGroupArn: targetGroup,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
  });
  stage.call<CreateListenerOutput>('elb', 'CreateListener', {
    ...{ LoadBalancerArn: loadBalancer, Protocol: 'HTTP', Port: 80 },
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
  });
  return { loadBalancer, targetGroup };
}
