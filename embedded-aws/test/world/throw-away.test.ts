import type {
  CreateSecurityGroupResult,
  DescribeSubnetsResult,
  DescribeVpcsResult,
} from '@aws-sdk/client-ec2';
import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CreateRoleResponse } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { Iam } from '../../wire/iam.ts';
import type { AwsError, AwsService } from '../../world/service.ts';
import { createWorld } from '../../world/world.ts';

/*
 * What a throw-away stack creates and deletes, beside what scenarios need.
 */

function open() {
  const world = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the operation answers with
  const call = <Output>(service: AwsService, operation: string, input: object): Output => {
    const found = service.operations[operation];
    if (found === undefined) throw new Error(`there is no ${operation}`);
    return found.run(input as never, { role: 'operator' }) as Output;
  };
  return { world, call };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as AwsError).code;
  }
  return 'none';
}

describe('the network', () => {
  it('has a default VPC with a default subnet in each of two zones, which filters find', () => {
    const { world, call } = open();
    const isDefault = (value: string) => ({ Filters: [{ Name: 'is-default', Values: [value] }] });
    const { Vpcs = [] } = call<DescribeVpcsResult>(world.ec2, 'DescribeVpcs', isDefault('true'));
    expect(Vpcs.map(({ VpcId }) => VpcId)).toEqual(['vpc-0a1b2c3d']);
    expect(call(world.ec2, 'DescribeVpcs', isDefault('false'))).toEqual({ Vpcs: [] });
    const Filters = [{ Name: 'vpc-id', Values: ['vpc-0a1b2c3d'] }];
    const { Subnets = [] } = call<DescribeSubnetsResult>(world.ec2, 'DescribeSubnets', { Filters });
    expect(new Set(Subnets.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(2);
    const unknown = { Filters: [{ Name: 'tag:team', Values: ['shop'] }] };
    expect(codeOf(() => call(world.ec2, 'DescribeSubnets', unknown))).toBe('InvalidParameterValue');
  });

  it('has security groups, each name once, until they are deleted', () => {
    const { world, call } = open();
    const input = { GroupName: 'web', VpcId: 'vpc-0a1b2c3d', Description: 'web' };
    const { GroupId } = call<CreateSecurityGroupResult>(world.ec2, 'CreateSecurityGroup', input);
    expect(codeOf(() => call(world.ec2, 'CreateSecurityGroup', input))).toBe('InvalidGroup.Duplicate');
    expect(codeOf(() => call(world.ec2, 'CreateSecurityGroup', { ...input, VpcId: 'vpc-1' }))).toBe(
      'InvalidVpcID.NotFound',
    );
    call(world.ec2, 'AuthorizeSecurityGroupIngress', { GroupId });
    call(world.ec2, 'DeleteSecurityGroup', { GroupId });
    expect(codeOf(() => call(world.ec2, 'DeleteSecurityGroup', { GroupId }))).toBe('InvalidGroup.NotFound');
  });
});

describe('a load balancer', () => {
  const balancer = () => {
    const opened = open();
    const { call, world } = opened;
    const { LoadBalancers } = call<CreateLoadBalancerOutput>(world.elb, 'CreateLoadBalancer', {
      Name: 'web',
    });
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    const { Listeners } = call<CreateListenerOutput>(world.elb, 'CreateListener', {
      LoadBalancerArn,
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    return { ...opened, LoadBalancerArn, ListenerArn: Listeners?.[0]?.ListenerArn ?? '' };
  };

  it('is deleted with its listeners and their tags; a second time is no error', () => {
    const { world, call, LoadBalancerArn, ListenerArn } = balancer();
    call(world.elb, 'DeleteLoadBalancer', { LoadBalancerArn });
    expect(codeOf(() => call(world.elb, 'DescribeListeners', { ListenerArns: [ListenerArn] }))).toBe(
      'ListenerNotFound',
    );
    expect(world.elb.tagged()).toEqual([]);
    expect(call(world.elb, 'DeleteLoadBalancer', { LoadBalancerArn })).toEqual({});
  });

  it('loses a rule, and never the default one but with its listener', () => {
    const { world, call, ListenerArn } = balancer();
    const rules = () =>
      call<{ Rules: { RuleArn: string }[] }>(world.elb, 'DescribeRules', { ListenerArn }).Rules;
    call(world.elb, 'CreateRule', {
      ListenerArn,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
      Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    });
    const [own, last] = rules();
    call(world.elb, 'DeleteRule', { RuleArn: own?.RuleArn });
    expect(rules()).toEqual([last]);
    expect(codeOf(() => call(world.elb, 'DeleteRule', { RuleArn: last?.RuleArn }))).toBe(
      'OperationNotPermitted',
    );
    call(world.elb, 'DeleteListener', { ListenerArn });
    expect(codeOf(rules)).toBe('ListenerNotFound');
  });

  it('has tags of listeners too, which IAM asks about by their ARN', async () => {
    const { world, ListenerArn } = balancer();
    const Statement = [
      { Effect: 'Allow', Action: 'elasticloadbalancing:AddTags', Resource: ListenerArn },
    ] as const;
    const iam = new Iam(() => [{ Version: '2012-10-17', Statement }]);
    const accesses = world.elb.operations.AddTags.authorize({ ResourceArns: [ListenerArn], Tags: [] });
    await expect(iam.authorize('maker', accesses)).resolves.toBeUndefined();
  });
});

describe('a role', () => {
  it('is deleted only without policies', () => {
    const { world, call } = open();
    const input = { RoleName: 'web', AssumeRolePolicyDocument: '{"Version":"2012-10-17"}' };
    const { Role } = call<CreateRoleResponse>(world.iam, 'CreateRole', input);
    expect(Role?.Arn).toBe('arn:aws:iam::111122223333:role/web');
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(input.AssumeRolePolicyDocument);
    expect(codeOf(() => call(world.iam, 'CreateRole', input))).toBe('EntityAlreadyExists');
    const policy = { RoleName: 'web', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
    call(world.iam, 'AttachRolePolicy', policy);
    expect(codeOf(() => call(world.iam, 'DeleteRole', { RoleName: 'web' }))).toBe('DeleteConflict');
    call(world.iam, 'DetachRolePolicy', policy);
    expect(codeOf(() => call(world.iam, 'DetachRolePolicy', policy))).toBe('NoSuchEntity');
    call(world.iam, 'DeleteRole', { RoleName: 'web' });
    expect(codeOf(() => call(world.iam, 'GetRole', { RoleName: 'web' }))).toBe('NoSuchEntity');
  });
});

describe('a cluster', () => {
  it('is deleted once its services are INACTIVE', async () => {
    const { world, call } = open();
    world.ecr.publish('public.ecr.aws/nginx/nginx:stable', {
      startSeconds: 1,
      health: 'passes',
      errorRate: 0,
      latency: 0.1,
    });
    call(world.ecs, 'CreateCluster', { clusterName: 'prod' });
    call(world.ecs, 'RegisterTaskDefinition', {
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'web', image: 'public.ecr.aws/nginx/nginx:stable' }],
    });
    call(world.ecs, 'CreateService', {
      cluster: 'prod',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
    });
    const pass = (seconds: number) => world.clock.run(() => false, world.clock.now() + seconds * 1000);
    await pass(60);
    const running = () =>
      call<{ services: { runningCount: number }[] }>(world.ecs, 'DescribeServices', {
        cluster: 'prod',
        services: ['web'],
      }).services[0]?.runningCount;
    expect(running()).toBe(1);
    const remove = () => call(world.ecs, 'DeleteCluster', { cluster: 'prod' });
    expect(codeOf(remove)).toBe('ClusterContainsServicesException');
    call(world.ecs, 'DeleteService', { cluster: 'prod', service: 'web', force: true });
    await pass(300);
    expect(remove()).toMatchObject({ cluster: { status: 'INACTIVE' } });
    expect(codeOf(remove)).toBe('ClusterNotFoundException');
  });
});

describe('a launch template and an alias', () => {
  it('are gone after their deletion', () => {
    const { world, call } = open();
    call(world.ec2, 'CreateLaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData: {} });
    call(world.ec2, 'DeleteLaunchTemplate', { LaunchTemplateName: 'web' });
    expect(world.ec2.source({ LaunchTemplateName: 'web' }, '1')).toBeNull();
    call(world.lambda, 'CreateFunction', { FunctionName: 'web' });
    call(world.lambda, 'CreateAlias', { FunctionName: 'web', Name: 'live', FunctionVersion: '$LATEST' });
    call(world.lambda, 'DeleteAlias', { FunctionName: 'web', Name: 'live' });
    expect(world.lambda.get('web', 'live')).toBeNull();
  });
});
