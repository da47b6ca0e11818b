import type { CreateTaskSetResponse, DescribeTaskSetsResponse, TaskSet } from '@aws-sdk/client-ecs';
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { afterLogin } from '../elb/logins.ts';
import type { Stage } from '../stage.ts';
import { openLoadBalancer, type Balancer } from './balancer.ts';
import { putAlarms } from './alarms.ts';
import { completed, register, type ReleaseOptions } from './task-definitions.ts';

/** The service of the scenarios under the EXTERNAL controller, and the tool that deploys to it. */
export interface ExternalShop {
  readonly balancer: Balancer;
  /** ARNs of the task definitions by release, `v1` first. */
  readonly releases: Readonly<Record<string, string>>;
  /** Deploys a release as an external tool does: a new task set at full scale, then the traffic, then the primary mark. */
  release(name: string, behaviour?: Partial<Behaviour>, how?: Rollout): Promise<void>;
  /** Begins a release: the new task set exists, and the tool waits until it is steady. */
  begin(name: string, behaviour: Partial<Behaviour>): void;
  /**
   * Gives the traffic and the primary mark back to the task set of an earlier release, or to a new one if that is gone.
   */
  putBack(name: string): Promise<void>;
  /** Scales the task set of a release that does not serve. */
  scale(name: string, percent: number): void;
  /** Deletes the task set of a release that does not serve. */
  remove(name: string): Promise<void>;
  /** Returns null if the task set of this release is primary and has all the traffic, or else the difference. */
  servesAlone(name: string): string | null;
}

export interface Rollout extends ReleaseOptions {
  /** Per cent of the traffic that it moves; all, unless the scenario says otherwise. Only all makes it primary. */
  readonly share?: number;
  /** Removes the other target group from the listener, as tools do that know one group at a time. */
  readonly forgetful?: boolean;
}

export interface ExternalOptions {
  /** AWS tags of the service. */
  readonly tags?: Readonly<Record<string, string>>;
  /** AWS tags of the listener and its rule, and of the task sets. */
  readonly partTags?: Readonly<Record<string, string>>;
  /** There is only one target group. */
  readonly oneGroup?: boolean;
  /** An action that authenticates users before the rule forwards them. */
  readonly login?: Action;
  /** The first release; a good one unless the scenario says otherwise. */
  readonly first?: Partial<Behaviour>;
  /** How the first release is registered. */
  readonly firstHow?: ReleaseOptions;
  /** Tasks of the service; four unless the scenario says otherwise. */
  readonly desiredCount?: number;
  /** Puts these alarms in place of the usual two. */
  readonly putAlarms?: (stage: Stage, balancer: Balancer) => void;
  /** Minutes that pass once the first release is in place; ten unless the scenario says otherwise. */
  readonly settlesMinutes?: number;
}

const NAMED = { cluster: 'prod', service: 'checkout' };
const DESIRED = 4;
const OPTED_IN = { lastgood: 'auto' };

/** Opens the shop with its first release, its traffic and its alarms. */
export async function openExternalShop(stage: Stage, options: ExternalOptions = {}): Promise<ExternalShop> {
  const { tags = {}, partTags = OPTED_IN, oneGroup = false, login } = options;
  const balancer = openLoadBalancer(stage, { twoGroups: !oneGroup, login });
  for (const arn of [balancer.listener, balancer.rule].filter((one) => one !== ''))
    stage.call('elb', 'AddTags', { ResourceArns: [arn], Tags: elbTags(partTags) });
  stage.call('ecs', 'CreateCluster', { clusterName: 'prod' });
  stage.call('ecs', 'CreateService', {
    cluster: 'prod',
    serviceName: 'checkout',
    desiredCount: options.desiredCount ?? DESIRED,
    deploymentController: { type: 'EXTERNAL' },
    healthCheckGracePeriodSeconds: 30,
    tags: ecsTags({ ...OPTED_IN, 'lastgood:soak': '5', ...tags }),
  });
  const shop = shopOf(stage, balancer, partTags, login);
  await shop.release('v1', options.first, options.firstHow);
  (options.putAlarms ?? putAlarms)(stage, balancer);
  await stage.minutes(options.settlesMinutes ?? 10);
  return shop;
}

function shopOf(
  stage: Stage,
  balancer: Balancer,
  partTags: Readonly<Record<string, string>>,
  login?: Action,
): ExternalShop {
  const releases: Record<string, string> = {};
  const setOf = (name: string) => taskSets(stage).findLast((set) => set.taskDefinition === releases[name]);
  const begin = (name: string, behaviour: Partial<Behaviour>, how: Rollout = {}) => {
    releases[name] = register(stage, name, completed(behaviour), how);
    stage.journal.release(`release ${name} is deployed`);
    return create(name);
  };
  /** Creates a task set at full scale, without traffic. Returns its target group. */
  const create = (name: string) => {
    const group = freeGroup(stage, balancer);
    createTaskSet(stage, releases[name] ?? '', group, partTags);
    return group;
  };
  const isSteady = (name: string) =>
    stage.until(`${name} is steady`, () => setOf(name)?.stabilityStatus === 'STEADY_STATE');
  const mark = (name: string) => {
    const primaryTaskSet = setOf(name)?.taskSetArn;
    stage.call('ecs', 'UpdateServicePrimaryTaskSet', { ...NAMED, primaryTaskSet });
  };
  return {
    ...{ balancer, releases },
    begin: (name, behaviour) => void begin(name, behaviour),
    async release(name, behaviour = {}, how = {}) {
      const group = begin(name, behaviour, how);
      await isSteady(name);
      shift(stage, balancer, group, { ...how, login });
      if ((how.share ?? 100) === 100) mark(name);
    },
    async putBack(name) {
      stage.journal.note(`an operator puts ${name} back`);
      const there = setOf(name)?.loadBalancers?.[0]?.targetGroupArn;
      const group = there ?? create(name);
      if (there === undefined) await isSteady(name);
      shift(stage, balancer, group, { login });
      mark(name);
    },
    scale: (name, value) =>
      stage.call('ecs', 'UpdateTaskSet', {
        ...NAMED,
        taskSet: setOf(name)?.taskSetArn,
        scale: { value, unit: 'PERCENT' },
      }),
    async remove(name) {
      stage.call('ecs', 'DeleteTaskSet', { ...NAMED, taskSet: setOf(name)?.taskSetArn, force: true });
      await stage.until(`${name} is gone`, () => setOf(name) === undefined);
    },
    servesAlone: (name) => {
      const set = setOf(name);
      const group = set?.loadBalancers?.[0]?.targetGroupArn ?? '';
      const away = stage.world.elb.weights(other(balancer, group)).some((weight) => weight > 0);
      if (set?.status === 'PRIMARY' && !away) return null;
      return `the task set of ${name} is ${set?.status ?? 'gone'}${away ? ', and others have traffic' : ''}`;
    },
  };
}

/** Returns the task sets of the service. */
export function taskSets(stage: Stage): readonly TaskSet[] {
  return stage.call<DescribeTaskSetsResponse>('ecs', 'DescribeTaskSets', NAMED).taskSets ?? [];
}

/** Creates a task set at full scale behind a target group. Returns its ARN. */
export function createTaskSet(
  stage: Stage,
  taskDefinition: string,
  targetGroupArn: string,
  tags: object = OPTED_IN,
): string {
  const { taskSet } = stage.call<CreateTaskSetResponse>('ecs', 'CreateTaskSet', {
    ...NAMED,
    taskDefinition,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
    },
    loadBalancers: [{ targetGroupArn, containerName: 'checkout', containerPort: 8080 }],
    scale: { value: 100, unit: 'PERCENT' },
    tags: ecsTags(tags),
  });
  return taskSet?.taskSetArn ?? '';
}

/** Returns the target group that no task set with traffic uses. */
function freeGroup(stage: Stage, { blue, green }: Balancer): string {
  const primary = taskSets(stage).find(({ status }) => status === 'PRIMARY');
  return primary?.loadBalancers?.[0]?.targetGroupArn === blue && green !== '' ? green : blue;
}

/** Returns the other one of the two target groups. */
export function other({ blue, green }: Balancer, group: string): string {
  return group === blue ? green : blue;
}

/** Gives a target group its share of the traffic, at the listener and at its rule. */
export function shift(
  stage: Stage,
  balancer: Balancer,
  group: string,
  { share = 100, forgetful = false, login }: Rollout & { readonly login?: Action | undefined } = {},
): void {
  if (balancer.rule === '') return;
  const groups = [
    { TargetGroupArn: group, Weight: share },
    ...(forgetful ? [] : [{ TargetGroupArn: other(balancer, group), Weight: 100 - share }]),
  ];
  const forward: Action = { Type: 'forward', ForwardConfig: { TargetGroups: groups } };
  stage.call('elb', 'ModifyListener', { ListenerArn: balancer.listener, DefaultActions: [forward] });
  stage.call('elb', 'ModifyRule', { RuleArn: balancer.rule, Actions: afterLogin(login, forward, true) });
}

function ecsTags(tags: object): readonly { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value: String(value) }));
}

function elbTags(tags: object): readonly { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, value]) => ({ Key, Value: String(value) }));
}

/** ARN of the service. */
export const SERVICE = arn('ecs', 'service/prod/checkout');
