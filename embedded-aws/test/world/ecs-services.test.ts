import { describe, expect, it } from 'vitest';
import { CRASHING, EcsWorld, GOOD } from './ecs-world.ts';

const error = (code: string, message?: string) =>
  expect.objectContaining(message === undefined ? { code } : { code, message }) as Error;

async function running(): Promise<EcsWorld> {
  const world = new EcsWorld();
  world.create(world.define(GOOD), { tags: [{ key: 'lastgood', value: 'auto' }] });
  await world.ended();
  return world;
}

it('a cluster shows its tags only where they are asked for', () => {
  const world = new EcsWorld();
  world.call('CreateCluster', { clusterName: 'dev', tags: [{ key: 'team', value: 'web' }] });
  const tags = (include: string[]) =>
    world.call('DescribeClusters', { clusters: ['dev'], include }).clusters![0]!.tags;
  expect(tags([])).toEqual([]);
  expect(tags(['TAGS'])).toEqual([{ key: 'team', value: 'web' }]);
});

describe('services', () => {
  it('are refused by the names of the API reference', async () => {
    const world = await running();
    const inactive = world.define(GOOD, 'v2');
    world.call('DeregisterTaskDefinition', { taskDefinition: inactive });
    expect(() => world.update({ taskDefinition: inactive })).toThrow(
      error('ClientException', 'TaskDefinition is inactive'),
    );
    expect(() => world.update({ taskDefinition: 'web:99' })).toThrow(error('ClientException'));
    expect(() => world.update({ service: 'api' })).toThrow(error('ServiceNotFoundException'));
    expect(() => world.update({ cluster: 'dev' })).toThrow(error('ClusterNotFoundException'));
    expect(() => world.create('web:1', { networkConfiguration: undefined })).toThrow(
      error('InvalidParameterException'),
    );
    const percentages = { minimumHealthyPercent: 100, maximumPercent: 100 };
    expect(() => world.update({ deploymentConfiguration: percentages })).toThrow(
      error('InvalidParameterException'),
    );
    expect(world.deployments()).toHaveLength(1);
    expect(world.service().taskDefinition).toMatch(/web:1$/);
  });

  it.each([-1, 2.5, 5001, 99_999])('cannot want %s tasks, neither new nor later', async (desiredCount) => {
    const world = await running();
    const before = world.service().desiredCount;
    expect(() => world.update({ desiredCount })).toThrow(error('InvalidParameterException'));
    expect(() => world.create('web:1', { serviceName: 'api', desiredCount })).toThrow(
      error('InvalidParameterException'),
    );
    expect(world.service().desiredCount).toBe(before);
  });

  it('keep running on a task definition that is deregistered, and scale with it', async () => {
    const world = await running();
    const { taskDefinition } = world.service();
    world.call('DeregisterTaskDefinition', { taskDefinition });
    world.update({ desiredCount: 4 });
    await world.until(() => world.service().runningCount === 4);
    const described = world.call('DescribeTaskDefinition', {
      taskDefinition,
    });
    expect(described.taskDefinition).toMatchObject({
      status: 'INACTIVE',
      deregisteredAt: expect.any(Date) as Date,
    });
    expect(world.call('ListTaskDefinitions', {}).taskDefinitionArns).toEqual([]);
    expect(world.call('ListTaskDefinitions', { status: 'INACTIVE' }).taskDefinitionArns).toEqual([
      taskDefinition,
    ]);
  });

  it('that do not exist are failures of DescribeServices, and more than ten are refused', async () => {
    const world = await running();
    const answer = world.call('DescribeServices', {
      cluster: 'prod',
      services: ['web', 'api'],
    });
    expect(answer.services).toHaveLength(1);
    expect(answer.services![0]).not.toHaveProperty('tags');
    expect(answer.failures).toEqual([
      { arn: 'arn:aws:ecs:eu-west-1:111122223333:service/prod/api', reason: 'MISSING' },
    ]);
    const services = Array.from({ length: 11 }, (_, i) => `s${i}`);
    expect(() => world.call('DescribeServices', { cluster: 'prod', services })).toThrow(
      error('InvalidParameterException'),
    );
  });

  it('drain when they are deleted, and are INACTIVE with their last task', async () => {
    const world = await running();
    expect(() => world.call('DeleteService', { cluster: 'prod', service: 'web' })).toThrow(
      error('InvalidParameterException'),
    );
    world.call('DeleteService', { cluster: 'prod', service: 'web', force: true });
    expect(world.service().status).toBe('DRAINING');
    expect(() => world.update({ desiredCount: 1 })).toThrow(error('ServiceNotActiveException'));
    await world.until(() => world.service().status === 'INACTIVE');
    expect(world.service()).toMatchObject({ runningCount: 0, pendingCount: 0, desiredCount: 0 });
    expect(world.call('ListServices', { cluster: 'prod' }).serviceArns).toEqual([]);
    expect(() => world.update({ desiredCount: 1 })).toThrow(error('ServiceNotActiveException'));
    world.create(world.define(GOOD, 'v2'));
    expect((await world.ended()).status).toBe('SUCCESSFUL');
  });

  it('under another controller are changed only in what is not deployed', () => {
    const world = new EcsWorld();
    const service = world.create(world.define(GOOD), { deploymentController: { type: 'CODE_DEPLOY' } });
    expect(service.deploymentController).toEqual({ type: 'CODE_DEPLOY' });
    expect(world.update({ desiredCount: 5 })).toMatchObject({ desiredCount: 5 });
    const taskDefinition = world.define(GOOD, 'v2');
    for (const change of [{ forceNewDeployment: true }, { taskDefinition }, { platformVersion: '1.4.0' }])
      expect(() => world.update(change)).toThrow(error('InvalidParameterException'));
  });

  it('change their capacity provider strategy only by force', async () => {
    const world = await running();
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    const taskDefinition = world.define(GOOD, 'v2');
    for (const more of [{}, { taskDefinition }])
      expect(() => world.update({ capacityProviderStrategy, ...more })).toThrow(
        /must force a new deployment/,
      );
    world.update({ capacityProviderStrategy, forceNewDeployment: true });
    world.update({ capacityProviderStrategy, taskDefinition });
    expect(() => world.update({ capacityProviderStrategy: [], taskDefinition })).toThrow(
      error('InvalidParameterException'),
    );
  });

  it('have tags that can be changed', async () => {
    const world = await running();
    const { serviceArn: resourceArn, tags } = world.service();
    expect(tags).toEqual([{ key: 'lastgood', value: 'auto' }]);
    world.call('TagResource', {
      resourceArn,
      tags: [
        { key: 'lastgood', value: 'observe' },
        { key: 'team', value: 'a' },
      ],
    });
    world.call('UntagResource', { resourceArn, tagKeys: ['team'] });
    const listed = world.call('ListTagsForResource', { resourceArn });
    expect(listed.tags).toEqual([{ key: 'lastgood', value: 'observe' }]);
  });

  it('update the settings that they are given and keep the others', async () => {
    const world = await running();
    const { loadBalancers, networkConfiguration } = world.service();
    world.update({ healthCheckGracePeriodSeconds: 60, deploymentConfiguration: { maximumPercent: 150 } });
    expect(world.service()).toMatchObject({
      healthCheckGracePeriodSeconds: 60,
      loadBalancers,
      networkConfiguration,
    });
    expect(world.service().deploymentConfiguration).toMatchObject({
      maximumPercent: 150,
      minimumHealthyPercent: 100,
    });
    expect(world.deployments()).toHaveLength(1);
  });
});

describe('service deployments', () => {
  it('are listed newest first, by state and date, page by page', async () => {
    const world = await running();
    for (const tag of ['v2', 'v3']) {
      await world.pass(60);
      world.update({ taskDefinition: world.define(tag === 'v2' ? CRASHING : GOOD, tag) });
    }
    await world.ended();
    const list = (input: object) =>
      world.call('ListServiceDeployments', {
        cluster: 'prod',
        service: 'web',
        ...input,
      });
    const states = (input: object) => list(input).serviceDeployments!.map(({ status }) => status);
    expect(states({})).toEqual(['SUCCESSFUL', 'STOPPED', 'SUCCESSFUL']);
    expect(states({ status: ['STOPPED'] })).toEqual(['STOPPED']);
    const { createdAt } = world.newest();
    expect(states({ createdAt: { before: createdAt } })).toEqual(['STOPPED', 'SUCCESSFUL']);
    const first = list({ maxResults: 2 });
    expect(first.serviceDeployments).toHaveLength(2);
    expect(list({ maxResults: 2, nextToken: first.nextToken }).serviceDeployments).toHaveLength(1);
    expect(list({ maxResults: 2, nextToken: first.nextToken }).nextToken).toBeUndefined();
  });

  it('and revisions that do not exist are failures', async () => {
    const world = await running();
    const serviceRevisionArns = ['arn:aws:ecs:eu-west-1:111122223333:service-revision/prod/web/1'];
    expect(world.call('DescribeServiceRevisions', { serviceRevisionArns })).toEqual({
      serviceRevisions: [],
      failures: [{ arn: serviceRevisionArns[0], reason: 'MISSING' }],
    });
  });
});

describe('the IAM checks of ECS', () => {
  const cluster = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod';
  const service = 'arn:aws:ecs:eu-west-1:111122223333:service/prod/web';
  const ask = (world: EcsWorld, operation: string, input: object) =>
    world.ecs.operations[operation]!.authorize(input as never);

  it('is the service with its tags, its cluster and the task definition', async () => {
    const world = await running();
    expect(ask(world, 'UpdateService', { cluster: 'prod', service: 'web', taskDefinition: 'web:1' })).toEqual(
      [
        {
          action: 'ecs:UpdateService',
          resource: service,
          tags: { lastgood: 'auto' },
          conditions: {
            'ecs:cluster': cluster,
            'ecs:task-definition': 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1',
          },
        },
      ],
    );
  });

  it('is the service and the service deployment, which has no tags of its own', async () => {
    const world = await running();
    const { serviceDeploymentArn } = world.newest();
    expect(ask(world, 'StopServiceDeployment', { serviceDeploymentArn })).toEqual([
      {
        action: 'ecs:StopServiceDeployment',
        resource: service,
        tags: { lastgood: 'auto' },
        conditions: { 'ecs:cluster': cluster },
      },
      {
        action: 'ecs:StopServiceDeployment',
        resource: serviceDeploymentArn,
        tags: {},
        conditions: { 'ecs:cluster': cluster, 'ecs:service': service },
      },
    ]);
  });

  it('knows no tags of a service that does not exist', () => {
    const world = new EcsWorld();
    expect(ask(world, 'DescribeServices', { cluster: 'prod', services: ['api'] })).toMatchObject([
      { tags: {} },
    ]);
    expect(ask(world, 'DescribeTaskDefinition', {})).toMatchObject([{ resource: '*' }]);
  });

  it('limits the rates by ECS: five updates a second after a burst of fifty', () => {
    const { operations } = new EcsWorld().ecs;
    expect(operations['UpdateService']!.bucket).toEqual({
      name: 'ecs service modify',
      burst: 50,
      perSecond: 5,
      error: 'ThrottlingException',
    });
    expect(operations['DeleteService']!.bucket).toBe(operations['UpdateService']!.bucket);
    expect(operations['DescribeServices']!.bucket).toMatchObject({ burst: 100, perSecond: 20 });
  });
});
