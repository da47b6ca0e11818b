import type * as appconfig from '@aws-sdk/client-appconfig';
import { describe, expect, it } from 'vitest';
import { CloudFormationWorld } from './cloudformation-world.ts';

const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const of = (...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [`${id}Id`, { Ref: id === 'ConfigurationProfile' ? 'Profile' : id }]));
const TAGS = [{ Key: 'lastgood', Value: 'auto' }];

const version = (limit: number, more: object = {}) => ({
  Type: 'AWS::AppConfig::HostedConfigurationVersion',
  Properties: {
    ...of('Application', 'ConfigurationProfile'),
    ...{ ContentType: 'application/json', Content: JSON.stringify({ limit }) },
  },
  ...more,
});

const FLAGS = {
  Application: { Type: 'AWS::AppConfig::Application', Properties: { Name: 'shop' } },
  Environment: {
    Type: 'AWS::AppConfig::Environment',
    Properties: { ...of('Application'), Name: 'prod', Tags: TAGS },
  },
  Profile: {
    Type: 'AWS::AppConfig::ConfigurationProfile',
    Properties: { ...of('Application'), Name: 'flags', LocationUri: 'hosted' },
  },
  First: version(10),
  Second: version(0, { DependsOn: 'First' }),
  AtOnce: {
    Type: 'AWS::AppConfig::DeploymentStrategy',
    Properties: {
      ...{ Name: 'at-once', DeploymentDurationInMinutes: 0, FinalBakeTimeInMinutes: 1 },
      ...{ GrowthFactor: 100, ReplicateTo: 'NONE' },
    },
  },
  Deployment: {
    Type: 'AWS::AppConfig::Deployment',
    Properties: {
      ...of('Application', 'Environment', 'ConfigurationProfile'),
      ConfigurationVersion: { Ref: 'First' },
      DeploymentStrategyId: { Ref: 'AtOnce' },
    },
  },
};

function deploymentsOf({ world }: CloudFormationWorld): readonly appconfig.DeploymentSummary[] {
  const call = (operation: string, input: object) =>
    world.appconfig.operations[operation]?.run(input as never, { role: 'operator' }) as {
      readonly Items: readonly { readonly Id: string }[];
    };
  const ApplicationId = call('ListApplications', {}).Items[0]?.Id;
  const EnvironmentId = call('ListEnvironments', { ApplicationId }).Items[0]?.Id;
  return call('ListDeployments', { ApplicationId, EnvironmentId })
    .Items as readonly appconfig.DeploymentSummary[];
}

describe('AppConfig in a stack', () => {
  it('is complete once the deployment is', async () => {
    const cloud = new CloudFormationWorld();
    cloud.create(FLAGS);
    await cloud.world.clock.run(() => false, cloud.world.clock.now() + 60_000);
    expect(cloud.stack().StackStatus).toBe('CREATE_IN_PROGRESS');
    expect((await cloud.rest()).StackStatus).toBe('CREATE_COMPLETE');
    expect(deploymentsOf(cloud)).toMatchObject([{ ConfigurationVersion: '1', State: 'COMPLETE' }]);
    expect(cloud.world.appconfig.tagged().map(({ tags }) => tags['lastgood'])).toContain('auto');
  });

  it('goes in the order of its dependencies, and leaves nothing', async () => {
    const cloud = new CloudFormationWorld();
    const { StackId = '' } = cloud.create(FLAGS);
    await cloud.rest();
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect(cloud.world.appconfig.tagged()).toEqual([]);
  });

  it('stays while another deployment is in flight', async () => {
    const cloud = new CloudFormationWorld();
    cloud.create(FLAGS);
    await cloud.rest();
    const [first] = deploymentsOf(cloud);
    const { PhysicalResourceId: strategy } =
      cloud
        .call('DescribeStackResources', { StackName: 'shop' })
        .StackResources?.find(({ LogicalResourceId }) => LogicalResourceId === 'AtOnce') ?? {};
    const ids = cloud
      .call('DescribeStackResources', { StackName: 'shop' })
      .StackResources?.map(({ LogicalResourceId, PhysicalResourceId }) => [
        `${LogicalResourceId ?? ''}Id`,
        PhysicalResourceId,
      ]);
    const { ApplicationId, EnvironmentId, ProfileId } = Object.fromEntries(ids ?? []) as Record<
      string,
      string
    >;
    cloud.world.appconfig.startManaged({
      ...{ ApplicationId, EnvironmentId, ConfigurationProfileId: ProfileId },
      ...{ DeploymentStrategyId: strategy, ConfigurationVersion: first?.ConfigurationVersion },
    });
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest()).StackStatus).toBe('DELETE_FAILED');
    expect(cloud.reasons().join()).toMatch(/Deployment 2 of environment \w+ is in progress/);
  });
});

describe('messages in a stack', () => {
  const RECEIVER = {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 5 } },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: { Effect: 'Allow' } } },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.appconfig'] },
        Targets: [{ Id: 'queue', Arn: attribute('Queue', 'Arn') }],
      },
    },
  };

  it('are a queue with its policy, and a rule with its target, which go with the stack', async () => {
    const cloud = new CloudFormationWorld();
    cloud.create(RECEIVER);
    await cloud.rest();
    const [queue] = cloud.queues.all;
    expect(queue).toMatchObject({ visibilitySeconds: 5, policies: [{ Statement: { Effect: 'Allow' } }] });
    expect(cloud.bus.rules).toMatchObject([
      { bus: 'default', pattern: { source: ['aws.appconfig'] }, targets: [{ arn: queue?.arn }] },
    ]);
    cloud.call('DeleteStack', { StackName: 'shop' });
    await cloud.world.clock.run(() => cloud.queues.all.length === 0, cloud.world.clock.now() + 600_000);
    expect([cloud.queues.all, cloud.bus.rules]).toEqual([[], []]);
  });

  it('refuses an attribute of a queue that is not modelled', async () => {
    const cloud = new CloudFormationWorld();
    cloud.create({ Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } } });
    await cloud.rest();
    expect(cloud.reasons().join()).toContain('the attribute DelaySeconds');
  });
});

describe('a parameter in a stack', () => {
  const REGISTRATION = {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/lastgood/external/a/b', Type: 'String', Value: 'x', Tags: { lastgood: 'auto' } },
  };

  it("has its map of tags, and the stack's", async () => {
    const cloud = new CloudFormationWorld();
    cloud.create({ Registration: REGISTRATION }, { Tags: [{ Key: 'throw-away', Value: 'yes' }] });
    await cloud.rest();
    expect(cloud.world.ssm.tagged()).toMatchObject([{ tags: { lastgood: 'auto', 'throw-away': 'yes' } }]);
    cloud.call('DeleteStack', { StackName: 'shop' });
    await cloud.world.clock.run(
      () => cloud.world.ssm.tagged().length === 0,
      cloud.world.clock.now() + 600_000,
    );
    expect(cloud.world.ssm.value('/lastgood/external/a/b')).toBeNull();
  });
});

describe('a role in a stack', () => {
  const ROLE = {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'reader',
      AssumeRolePolicyDocument: {},
      Policies: [{ PolicyName: 'own', PolicyDocument: {} }],
    },
  };

  it('is deleted with its inline policies, and not with one that another caller added', async () => {
    const cloud = new CloudFormationWorld();
    const { StackId = '' } = cloud.create({ Role: ROLE }, { Capabilities: ['CAPABILITY_IAM'] });
    await cloud.rest();
    const put = { RoleName: 'reader', PolicyName: 'other', PolicyDocument: '{}' };
    const { PutRolePolicy, DeleteRolePolicy } = cloud.world.iam.operations;
    void PutRolePolicy?.run(put as never, { role: 'operator' });
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest()).StackStatus).toBe('DELETE_FAILED');
    void DeleteRolePolicy?.run(put as never, { role: 'operator' });
    void PutRolePolicy?.run({ ...put, PolicyName: 'own' } as never, { role: 'operator' });
    cloud.call('DeleteStack', { StackName: 'shop' });
    expect((await cloud.rest(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });
});
