import { describe, expect, it } from 'vitest';
import { EcsWorld, GOOD, SICK } from './ecs-world.ts';

async function running(world = new EcsWorld(), input = {}): Promise<EcsWorld> {
  world.create(world.define(GOOD), input);
  await world.ended();
  return world;
}

describe('a rolling deployment', () => {
  it('starts a new service, and publishes its events', async () => {
    const world = await running();
    const service = world.service();
    expect(service).toMatchObject({ status: 'ACTIVE', desiredCount: 2, runningCount: 2, pendingCount: 0 });
    expect(service.deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 },
    ]);
    expect(service.deployments![0]!.id).toMatch(/^ecs-svc\/\d{19}$/);
    const { arn = '' } = world.newest().targetServiceRevision ?? {};
    expect(service.deployments![0]!.id).toBe(`ecs-svc/${arn.split('/').at(-1)}`);
    expect(world.newest()).toMatchObject({ status: 'SUCCESSFUL', sourceServiceRevisions: [] });
    expect(world.newest().serviceDeploymentArn).toMatch(/:service-deployment\/prod\/web\/[\w-]{21}$/);
    expect(world.deploymentEvents().map(([name]) => name)).toEqual([
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      'SERVICE_DEPLOYMENT_COMPLETED',
    ]);
    const steady = world.events.filter(({ detail }) => detail['eventName'] === 'SERVICE_STEADY_STATE');
    expect(steady).toMatchObject([{ 'detail-type': 'ECS Service Action', resources: [service.serviceArn] }]);
    expect(service.events![0]!.message).toBe('(service web) has reached a steady state.');
  });

  it('is PENDING first, and then IN_PROGRESS from the old revision to the new one', async () => {
    const world = await running();
    const before = world.newest().targetServiceRevision!.arn;
    const second = world.define(GOOD, 'v2');
    const answer = world.update({ taskDefinition: second });
    expect(answer.deployments!.map(({ status, rolloutState }) => [status, rolloutState])).toEqual([
      ['PRIMARY', 'IN_PROGRESS'],
      ['ACTIVE', 'COMPLETED'],
    ]);
    expect(world.newest().status).toBe('PENDING');
    await world.pass(10);
    expect(world.newest()).toMatchObject({
      status: 'IN_PROGRESS',
      sourceServiceRevisions: [{ arn: before }],
    });
    await world.ended();
    expect(world.service()).toMatchObject({ taskDefinition: second, runningCount: 2 });
    expect(world.service().deployments).toHaveLength(1);
  });

  it('starts new tasks first, and drains the old ones when the new ones are healthy', async () => {
    const world = await running();
    world.update({ taskDefinition: world.define(GOOD, 'v2') });
    await world.until(() => world.service().runningCount === 4);
    await world.until(() => world.service().runningCount === 2);
    expect(world.newest().status).toBe('IN_PROGRESS');
    const stopped = world.call('ListTasks', {
      cluster: 'prod',
      desiredStatus: 'STOPPED',
    });
    const { tasks } = world.call('DescribeTasks', {
      cluster: 'prod',
      tasks: stopped.taskArns!,
    });
    expect(tasks!.map(({ lastStatus }) => lastStatus)).toEqual(['DEACTIVATING', 'DEACTIVATING']);
    expect((await world.ended()).status).toBe('SUCCESSFUL');
  });

  it('stops old tasks first where there is no room for new ones', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 100 };
    const world = await running(new EcsWorld(), { desiredCount: 4, deploymentConfiguration });
    world.update({ taskDefinition: world.define(GOOD, 'v2') });
    const seen = new Set<number>();
    await world.until(() => {
      seen.add(world.service().runningCount!);
      return world.newest().status === 'SUCCESSFUL';
    });
    expect([Math.min(...seen), Math.max(...seen)]).toEqual([2, 4]);
  });

  it('makes a new revision of an equal task definition when it is forced, and none when nothing changed', async () => {
    const world = await running();
    const { taskDefinition } = world.service();
    world.update({ taskDefinition });
    expect(world.deployments()).toHaveLength(1);
    world.update({ forceNewDeployment: true });
    const [forced, first] = world.deployments();
    expect(forced!.targetServiceRevision!.arn).not.toBe(first!.targetServiceRevision!.arn);
    await world.pass(10);
    const definitions = world.service().deployments!.map((one) => one.taskDefinition);
    expect(definitions).toEqual([taskDefinition, taskDefinition]);
    expect((await world.ended()).status).toBe('SUCCESSFUL');
  });

  it('changes the desired count without a deployment', async () => {
    const world = await running();
    world.update({ desiredCount: 5 });
    await world.until(() => world.service().runningCount === 5);
    world.update({ desiredCount: 1 });
    await world.until(() => world.service().runningCount === 1);
    expect(world.deployments()).toHaveLength(1);
    expect(world.service().deployments).toMatchObject([{ desiredCount: 1 }]);
  });

  it('is stopped by a newer one, which completes', async () => {
    const world = await running();
    world.update({ taskDefinition: world.define(SICK, 'v2') });
    await world.pass(40);
    const third = world.define(GOOD, 'v3');
    world.update({ taskDefinition: third });
    expect(world.deployments().map(({ status }) => status)).toEqual(['PENDING', 'STOPPED', 'SUCCESSFUL']);
    expect(world.service().deployments!.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE', 'ACTIVE']);
    expect((await world.ended()).status).toBe('SUCCESSFUL');
    expect(world.service()).toMatchObject({ taskDefinition: third, runningCount: 2 });
  });

  it('keeps to the digest that was resolved when it began', async () => {
    const world = await running();
    const digest = world.ecr.resolve('111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:v1')!.digest;
    world.ecr.push('web', 'v1', SICK);
    world.update({ desiredCount: 3 });
    await world.until(() => world.service().runningCount === 3);
    const { taskArns } = world.call('ListTasks', { cluster: 'prod' });
    const { tasks } = world.call('DescribeTasks', {
      cluster: 'prod',
      tasks: taskArns!,
    });
    expect(tasks!.map(({ containers }) => containers![0]!.imageDigest)).toEqual([digest, digest, digest]);
    const serviceRevisionArns = [world.newest().targetServiceRevision!.arn!];
    const { serviceRevisions } = world.call('DescribeServiceRevisions', { serviceRevisionArns });
    expect(serviceRevisions![0]!.containerImages).toMatchObject([
      { containerName: 'web', imageDigest: digest },
    ]);
  });

  it('keeps to no digest where a container opts out of that: each task pulls what the tag is by then', async () => {
    const world = new EcsWorld();
    const { uri } = world.ecr.push('web', 'v1', GOOD);
    const { taskDefinition } = world.call('RegisterTaskDefinition', {
      family: 'web',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: 'web', image: uri, portMappings: [{ containerPort: 80 }], versionConsistency: 'disabled' },
      ],
    });
    world.create(taskDefinition!.taskDefinitionArn!, { desiredCount: 1 });
    const { targetServiceRevision } = await world.ended();
    const moved = world.ecr.push('web', 'v1', GOOD).digest;
    world.update({ desiredCount: 2 });
    await world.until(() => world.service().runningCount === 2);
    const { taskArns } = world.call('ListTasks', { cluster: 'prod' });
    const { tasks } = world.call('DescribeTasks', { cluster: 'prod', tasks: taskArns! });
    expect(tasks!.map(({ containers }) => containers![0]!.imageDigest)).toContain(moved);
    const { serviceRevisions } = world.call('DescribeServiceRevisions', {
      serviceRevisionArns: [targetServiceRevision!.arn!],
    });
    expect(serviceRevisions![0]!.containerImages).toEqual([{ containerName: 'web', image: uri }]);
  });

  it('counts a task without health checks as healthy 40 seconds after it runs', async () => {
    const world = new EcsWorld();
    world.create(world.define(GOOD), { loadBalancers: [], desiredCount: 1 });
    await world.until(() => world.service().runningCount === 1);
    await world.pass(35);
    expect(world.newest().status).toBe('IN_PROGRESS');
    await world.pass(10);
    expect(world.newest().status).toBe('SUCCESSFUL');
  });

  it('ignores failing health checks during the grace period', async () => {
    const world = new EcsWorld();
    world.create(world.define(SICK), { healthCheckGracePeriodSeconds: 300 });
    await world.pass(300);
    expect(world.service().deployments![0]!.failedTasks).toBe(0);
    await world.pass(30);
    expect(world.service().deployments![0]!.failedTasks).toBeGreaterThan(0);
  });

  it('that may neither start nor stop a task is blocked, and reports it once', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 100 };
    const world = await running(new EcsWorld(), { desiredCount: 1, deploymentConfiguration });
    world.update({ taskDefinition: world.define(GOOD, 'v2') });
    await world.pass(3600);
    expect(world.newest().status).toBe('IN_PROGRESS');
    expect(world.service()).toMatchObject({ runningCount: 1, pendingCount: 0 });
    const said = world
      .service()
      .events!.filter(({ message }) => message!.includes('was unable to stop or start tasks'));
    expect(said).toHaveLength(1);
  });

  it('replaces a task that ends in a steady service', async () => {
    const world = await running(new EcsWorld(), { desiredCount: 3 });
    const dying = world.define({ ...GOOD, exitsAfterSeconds: 600, exitCode: 1 }, 'v2');
    world.update({ taskDefinition: dying });
    await world.ended();
    await world.until(() => world.service().runningCount! < 3);
    expect(world.service().deployments).toMatchObject([{ rolloutState: 'COMPLETED', failedTasks: 0 }]);
    await world.until(() => world.service().runningCount === 3);
    expect(world.deployments()).toHaveLength(2);
  });
});
