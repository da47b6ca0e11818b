import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { CRASHING, EcsWorld, GOOD } from './ecs-world.ts';

function tasks(world: EcsWorld, input: object = {}): Task[] {
  const { taskArns } = world.call('ListTasks', { cluster: 'prod', ...input });
  if (taskArns!.length === 0) return [];
  return world.call('DescribeTasks', { cluster: 'prod', tasks: taskArns! }).tasks!;
}

describe('a task', () => {
  it('passes from PROVISIONING over PENDING to RUNNING in its start time', async () => {
    const world = new EcsWorld();
    world.create(world.define(GOOD), { desiredCount: 1 });
    const seen = new Map<string, number>();
    await world.until(() => {
      for (const { lastStatus, createdAt } of tasks(world)) {
        if (!seen.has(lastStatus!)) seen.set(lastStatus!, (world.clock.now() - createdAt!.getTime()) / 1000);
      }
      return seen.has('RUNNING');
    });
    expect([...seen.keys()]).toEqual(['PROVISIONING', 'PENDING', 'RUNNING']);
    expect(seen.get('RUNNING')).toBe(20);
    expect(tasks(world)[0]).toMatchObject({
      group: 'service:web',
      launchType: 'FARGATE',
      desiredStatus: 'RUNNING',
    });
    expect(tasks(world)[0]!.startedBy).toBe(world.service().deployments![0]!.id);
  });

  it('answers on its address and port while it runs, and not before or after', async () => {
    const world = new EcsWorld();
    world.create(world.define(GOOD), { desiredCount: 1 });
    await world.pass(5);
    const [task] = tasks(world);
    const id = task!.containers![0]!.networkInterfaces![0]!.privateIpv4Address!;
    expect(world.ecs.answers({ id, port: 80 })).toBeNull();
    await world.ended();
    expect(world.ecs.answers({ id, port: 80 })).toEqual(GOOD);
    expect(world.ecs.answers({ id, port: 81 })).toBeNull();
    world.update({ desiredCount: 0 });
    await world.until(() => tasks(world, { desiredStatus: 'STOPPED' })[0]?.lastStatus === 'STOPPED');
    expect(world.ecs.answers({ id, port: 80 })).toBeNull();
  });

  it('that crashes shows the exit code of the failed container, and publishes an event', async () => {
    const world = new EcsWorld();
    const reason = 'OutOfMemoryError: Container killed due to memory usage';
    world.create(world.define({ ...CRASHING, exitReason: reason }), { desiredCount: 1 });
    await world.until(() => world.events.some(({ detail }) => detail['lastStatus'] === 'STOPPED'));
    const [stopped] = tasks(world, { desiredStatus: 'STOPPED' });
    expect(stopped).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 1, reason, lastStatus: 'STOPPED' }],
    });
    const event = world.events.find(({ detail }) => detail['lastStatus'] === 'STOPPED');
    expect(event).toMatchObject({
      source: 'aws.ecs',
      'detail-type': 'ECS Task State Change',
      resources: [stopped!.taskArn],
    });
    expect(event!.detail).toMatchObject({
      group: 'service:web',
      taskArn: stopped!.taskArn,
      stoppedAt: stopped!.stoppedAt!.toISOString(),
    });
    expect(event!.detail).not.toHaveProperty('serviceArn');
  });

  it('that stopped is described for an hour, and then it is missing', async () => {
    const world = new EcsWorld();
    world.create(world.define(CRASHING), { desiredCount: 1 });
    await world.pass(60);
    world.update({ desiredCount: 0 });
    const [stopped] = tasks(world, { desiredStatus: 'STOPPED' });
    const describeIt = () =>
      world.call('DescribeTasks', {
        cluster: 'prod',
        tasks: [stopped!.taskArn!],
      });
    await world.pass(3000);
    expect(describeIt().tasks).toHaveLength(1);
    await world.pass(1200);
    expect(describeIt()).toEqual({ tasks: [], failures: [{ arn: stopped!.taskArn, reason: 'MISSING' }] });
  });

  it('is listed by service, rollout and wanted state', async () => {
    const world = new EcsWorld();
    world.create(world.define(GOOD));
    await world.ended();
    const [old] = world.service().deployments!;
    world.update({ taskDefinition: world.define(GOOD, 'v2') });
    await world.until(() => world.service().runningCount === 4);
    expect(tasks(world, { serviceName: 'web' })).toHaveLength(4);
    expect(tasks(world, { serviceName: 'api' })).toHaveLength(0);
    expect(tasks(world, { startedBy: old!.id })).toHaveLength(2);
    await world.ended();
    expect(tasks(world, { startedBy: old!.id })).toHaveLength(0);
    const stopped = tasks(world, { startedBy: old!.id, desiredStatus: 'STOPPED' });
    expect(stopped.map(({ stopCode }) => stopCode)).toEqual([
      'ServiceSchedulerInitiated',
      'ServiceSchedulerInitiated',
    ]);
    expect(stopped[0]!.containers![0]!.exitCode).toBe(143);
  });
});
