import type {
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  ModifyTargetGroupInput,
  ModifyTargetGroupOutput,
  TargetGroup as Answer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ACCOUNT, arn, type Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { READ, WRITE } from './limits.ts';
import { readOnly } from './access.ts';
import { page } from './paging.ts';
import {
  findLoadBalancer,
  findTargetGroup,
  tagsOf,
  type ElbState,
  type HealthCheck,
  type TargetGroup,
} from './state.ts';
import { addTags } from './tags.ts';
import { defaultAttributes } from './target-group-attributes.ts';

export function targetGroupOperations(surroundings: Surroundings, state: ElbState) {
  return {
    CreateTargetGroup: {
      bucket: WRITE,
      authorize: ({ Name }: CreateTargetGroupInput) => [
        {
          action: 'elasticloadbalancing:CreateTargetGroup',
          resource: arn('elasticloadbalancing', `targetgroup/${Name ?? ''}/*`),
        },
      ],
      run: (input: CreateTargetGroupInput) => create(surroundings, state, input),
    },
    DescribeTargetGroups: {
      bucket: READ,
      authorize: readOnly('DescribeTargetGroups'),
      run: (input: DescribeTargetGroupsInput) => describe(state, input),
    },
    ModifyTargetGroup: {
      bucket: WRITE,
      authorize: ({ TargetGroupArn = '' }: ModifyTargetGroupInput) => [
        {
          action: 'elasticloadbalancing:ModifyTargetGroup',
          resource: TargetGroupArn,
          tags: tagsOf(state, TargetGroupArn),
        },
      ],
      run: (input: ModifyTargetGroupInput) => modify(state, input),
    },
  };
}

type CheckInput = Pick<CreateTargetGroupInput, Exclude<keyof ModifyTargetGroupInput, 'TargetGroupArn'>>;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const DEFAULT_CHECK: HealthCheck = {
  enabled: true,
  protocol: 'HTTP',
  port: 'traffic-port',
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  codes: '200',
};

function create(
  { random }: Surroundings,
  state: ElbState,
  input: CreateTargetGroupInput,
): CreateTargetGroupOutput {
  const { Name, Tags } = input;
  if (Name === undefined) throw new AwsError('ValidationError', 'A target group name is required');
  if (input.TargetType === 'lambda' || input.TargetType === 'alb')
    throw new AwsError('ValidationError', `Targets of the type ${input.TargetType} are not modelled here`);
  if ([...state.targetGroups.values()].some(({ name }) => name === Name))
    throw new AwsError('DuplicateTargetGroupName', `A target group with the name '${Name}' exists already`);
  const group: TargetGroup = {
    arn: arn('elasticloadbalancing', `targetgroup/${Name}/${random(`elb/target-group/${Name}`).hex(16)}`),
    name: Name,
    port: input.Port ?? 80,
    protocol: input.Protocol ?? 'HTTP',
    vpc: input.VpcId ?? `vpc-${ACCOUNT}`,
    targetType: input.TargetType === 'ip' ? 'ip' : 'instance',
    check: changed(DEFAULT_CHECK, input),
    attributes: defaultAttributes(),
    targets: new Map(),
    version: 0,
  };
  state.targetGroups.set(group.arn, group);
  addTags(state, group.arn, Tags);
  return { TargetGroups: [answer(state, group)] };
}

function changed(check: HealthCheck, input: CheckInput): HealthCheck {
  const next: HealthCheck = {
    enabled: input.HealthCheckEnabled ?? check.enabled,
    protocol: input.HealthCheckProtocol ?? check.protocol,
    port: input.HealthCheckPort ?? check.port,
    path: input.HealthCheckPath ?? check.path,
    intervalSeconds: input.HealthCheckIntervalSeconds ?? check.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? check.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? check.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? check.unhealthyThreshold,
    codes: input.Matcher?.HttpCode ?? check.codes,
  };
  within('HealthCheckIntervalSeconds', next.intervalSeconds, 5, 300);
  within('HealthCheckTimeoutSeconds', next.timeoutSeconds, 2, 120);
  within('HealthyThresholdCount', next.healthyThreshold, 2, 10);
  within('UnhealthyThresholdCount', next.unhealthyThreshold, 2, 10);
  if (next.timeoutSeconds >= next.intervalSeconds)
    throw new AwsError('ValidationError', 'Health check interval must be greater than the timeout');
  return next;
}

function within(field: string, value: number, low: number, high: number): void {
  if (value < low || value > high)
    throw new AwsError('ValidationError', `${field} '${value}' must be between ${low} and ${high} inclusive`);
}

function describe(state: ElbState, input: DescribeTargetGroupsInput): DescribeTargetGroupsOutput {
  const { items, next } = page(chosen(state, input), input);
  return { TargetGroups: items.map((group) => answer(state, group)), ...next };
}

function chosen(
  state: ElbState,
  { TargetGroupArns, Names, LoadBalancerArn }: DescribeTargetGroupsInput,
): TargetGroup[] {
  const all = [...state.targetGroups.values()];
  if (TargetGroupArns?.length) return TargetGroupArns.map((each) => findTargetGroup(state, each));
  if (Names?.length)
    return Names.map((each) => findTargetGroup(state, all.find(({ name }) => name === each)?.arn));
  if (LoadBalancerArn === undefined) return all;
  const { arn: user } = findLoadBalancer(state, LoadBalancerArn);
  return all.filter((group) => loadBalancersOf(state, group).includes(user));
}

function modify(state: ElbState, input: ModifyTargetGroupInput): ModifyTargetGroupOutput {
  const group = findTargetGroup(state, input.TargetGroupArn);
  Object.assign(group.check, changed(group.check, input));
  return { TargetGroups: [answer(state, group)] };
}

function loadBalancersOf(state: ElbState, group: TargetGroup): string[] {
  return [...new Set(state.rules.using(group.arn).map((rule) => rule.listener.loadBalancer.arn))];
}

function answer(state: ElbState, group: TargetGroup): Answer {
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol as NonNullable<Answer['Protocol']>,
    Port: group.port,
    VpcId: group.vpc,
    HealthCheckProtocol: group.check.protocol as NonNullable<Answer['HealthCheckProtocol']>,
    HealthCheckPort: group.check.port,
    HealthCheckEnabled: group.check.enabled,
    HealthCheckIntervalSeconds: group.check.intervalSeconds,
    HealthCheckTimeoutSeconds: group.check.timeoutSeconds,
    HealthyThresholdCount: group.check.healthyThreshold,
    UnhealthyThresholdCount: group.check.unhealthyThreshold,
    HealthCheckPath: group.check.path,
    Matcher: { HttpCode: group.check.codes },
    LoadBalancerArns: loadBalancersOf(state, group),
    TargetType: group.targetType,
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  };
}
