import { describe, expect, it } from 'vitest';
import { EcsWorld, GOOD } from './ecs-world.ts';

const LINE =
  "(service web) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.";

/** Runs two tasks of a quarter of a vCPU, with no room for more. */
async function full(): Promise<EcsWorld> {
  const world = new EcsWorld();
  world.create(world.define(GOOD));
  await world.ended();
  world.ecs.quota.vcpus = 0.5;
  return world;
}

const actions = (world: EcsWorld) =>
  world.events.filter((event) => event['detail-type'] === 'ECS Service Action');
const failures = (world: EcsWorld) =>
  actions(world).filter(({ detail }) => detail['eventName'] === 'SERVICE_TASK_PLACEMENT_FAILURE');

describe('tasks for which the quota of vCPUs leaves no room', () => {
  it('are not placed, and the service reports it once: a line, and an event without a deployment', async () => {
    const world = await full();
    world.update({ desiredCount: 4 });
    await world.pass(600);
    const { runningCount, pendingCount, events } = world.service();
    expect([runningCount, pendingCount]).toEqual([2, 0]);
    expect(events!.filter(({ message }) => message === LINE)).toHaveLength(1);
    expect(failures(world)).toMatchObject([
      {
        source: 'aws.ecs',
        resources: ['arn:aws:ecs:eu-west-1:111122223333:service/prod/web'],
        detail: {
          eventType: 'ERROR',
          clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod',
          createdAt: expect.stringMatching(/Z$/) as unknown,
        },
      },
    ]);
    expect(Object.keys(failures(world)[0]!.detail).sort()).toEqual([
      'clusterArn',
      'createdAt',
      'eventName',
      'eventType',
    ]);
  });

  it('impair the start, and are tried further and further apart', async () => {
    const world = await full();
    world.update({ desiredCount: 4 });
    await world.pass(600);
    expect(actions(world).map(({ detail }) => detail['eventName'])).toContain('SERVICE_TASK_START_IMPAIRED');
  });

  it('count as failed in a deployment, and fail it where a circuit breaker watches', async () => {
    const world = await full();
    world.update({ taskDefinition: world.define(GOOD, 'v2') });
    await world.pass(300);
    expect(world.service().deployments![0]).toMatchObject({ rolloutState: 'IN_PROGRESS', runningCount: 0 });
    expect(world.service().deployments![0]!.failedTasks).toBeGreaterThanOrEqual(3);
    const deploymentCircuitBreaker = { enable: true, rollback: true };
    world.update({
      taskDefinition: world.define(GOOD, 'v3'),
      deploymentConfiguration: { deploymentCircuitBreaker },
    });
    expect(await world.ended()).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
  });

  it('are placed once there is room, as many as fit, and a new shortage is reported anew', async () => {
    const world = await full();
    world.update({ desiredCount: 4 });
    await world.pass(60);
    world.ecs.quota.vcpus = 0.75;
    await world.pass(300);
    expect(world.service().runningCount).toBe(3);
    world.ecs.quota.vcpus = 1;
    await world.pass(600);
    expect(world.service().runningCount).toBe(4);
    world.update({ desiredCount: 5 });
    await world.pass(60);
    expect(failures(world)).toHaveLength(2);
  });

  it('find the room of tasks that have stopped', async () => {
    const world = await full();
    world.update({ desiredCount: 1 });
    await world.pass(120);
    world.update({ desiredCount: 2 });
    await world.pass(120);
    expect(world.service().runningCount).toBe(2);
    expect(failures(world)).toEqual([]);
  });

  it('are reported again after six hours', async () => {
    const world = await full();
    world.update({ desiredCount: 4 });
    await world.pass(6 * 3600 - 60);
    expect(failures(world)).toHaveLength(1);
    await world.pass(1800);
    expect(failures(world)).toHaveLength(2);
  });
});

describe('tasks of the launch type EC2', () => {
  const UNPLACED =
    '(service web) was unable to place a task because no container instance met all of its requirements.';
  const onMachines = (...rooms: { readonly cpu: number; readonly memory: number }[]) => {
    const world = new EcsWorld();
    const ids = rooms.map((room) => world.ecs.addContainerInstance('prod', room));
    world.create(world.define(GOOD), { launchType: 'EC2', desiredCount: 3 });
    return { world, ids };
  };
  const machinesOf = (world: EcsWorld) => {
    const { taskArns } = world.call('ListTasks', { cluster: 'prod' });
    const { tasks } = world.call('DescribeTasks', { cluster: 'prod', tasks: taskArns! });
    return tasks!.map(({ containerInstanceArn }) => containerInstanceArn);
  };

  it('run on the machines of their cluster, side by side', async () => {
    const { world, ids } = onMachines({ cpu: 1024, memory: 4096 }, { cpu: 1024, memory: 4096 });
    await world.ended();
    const arns = ids.map((id) => `arn:aws:ecs:eu-west-1:111122223333:container-instance/prod/${id}`);
    expect(machinesOf(world).toSorted()).toEqual([arns[0], arns[0], arns[1]].toSorted());
    const { clusters } = world.call('DescribeClusters', { clusters: ['prod'] });
    expect(clusters![0]!.registeredContainerInstancesCount).toBe(2);
    expect(failures(world)).toEqual([]);
  });

  it.each([
    ['CPU', { cpu: 512, memory: 4096 }, 'insufficient CPU units available', 'RESOURCE:CPU'],
    ['memory', { cpu: 4096, memory: 1024 }, 'insufficient memory available', 'RESOURCE:MEMORY'],
  ])('need a machine with room: %s', async (_, room, lacks, reason) => {
    const { world, ids } = onMachines(room);
    await world.pass(300);
    expect(world.service().runningCount).toBe(2);
    const line = `${UNPLACED} The closest matching (container-instance ${ids[0]}) has ${lacks}.`;
    expect(world.service().events!.filter(({ message }) => message === line)).toHaveLength(1);
    expect(failures(world)).toMatchObject([{ detail: { eventType: 'ERROR', reason } }]);
    expect(world.service().deployments![0]!.failedTasks).toBeGreaterThan(0);
    world.ecs.addContainerInstance('prod', { cpu: 256, memory: 512 });
    await world.ended();
    expect(world.service().runningCount).toBe(3);
  });

  it('cannot run without machines, or on those of another cluster', async () => {
    const world = new EcsWorld();
    world.call('CreateCluster', { clusterName: 'dev' });
    world.ecs.addContainerInstance('dev', { cpu: 4096, memory: 8192 });
    world.create(world.define(GOOD), { launchType: undefined });
    await world.pass(120);
    const { runningCount, pendingCount, events } = world.service();
    expect([runningCount, pendingCount]).toEqual([0, 0]);
    expect(events!.map(({ message }) => message)).toContain(
      `${UNPLACED} Reason: No Container Instances were found in your cluster.`,
    );
  });

  it('take no vCPUs of Fargate, and tasks on Fargate need no machine', async () => {
    const { world } = onMachines({ cpu: 1024, memory: 4096 });
    world.ecs.quota.vcpus = 0.25;
    await world.ended();
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE' }];
    world.update({ capacityProviderStrategy, forceNewDeployment: true, desiredCount: 1 });
    await world.ended();
    expect(machinesOf(world)).toEqual([undefined]);
  });

  it('that stop leave their room', async () => {
    const { world } = onMachines({ cpu: 1024, memory: 4096 });
    await world.ended();
    world.update({ taskDefinition: world.define(GOOD, 'v2') });
    await world.ended();
    expect(world.service()).toMatchObject({ runningCount: 3, deployments: [{ rolloutState: 'COMPLETED' }] });
  });
});

it('without a limit every task is placed', async () => {
  const world = new EcsWorld();
  world.create(world.define(GOOD), { desiredCount: 50 });
  await world.ended();
  expect(failures(world)).toEqual([]);
});
