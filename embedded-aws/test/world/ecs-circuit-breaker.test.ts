import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threshold } from '../../world/ecs/circuit-breaker.ts';
import type { Behaviour } from '../../world/seams.ts';
import { CRASHING, EcsWorld, GOOD, SICK } from './ecs-world.ts';

const breaker = (rollback: boolean) => ({ deploymentCircuitBreaker: { enable: true, rollback } });

async function broken(
  bad: Behaviour | null,
  { rollback = true, ...input }: { rollback?: boolean; desiredCount?: number } = {},
) {
  const world = new EcsWorld();
  world.create(world.define(GOOD), { deploymentConfiguration: breaker(rollback), ...input });
  await world.ended();
  world.update({ taskDefinition: world.define(bad, 'v2') });
  return world;
}

describe('the circuit breaker', () => {
  it('has a threshold of half the desired count, at least 3 and at most 200', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (desired) => {
        const limit = threshold({}, desired);
        expect(limit).toBe(Math.min(200, Math.max(3, Math.ceil(desired / 2))));
      }),
    );
    const count = {
      deploymentCircuitBreaker: {
        enable: true,
        rollback: true,
        thresholdConfiguration: { type: 'COUNT' as const, value: 7 },
      },
    };
    expect(threshold(count, 100)).toBe(7);
  });

  it.each([
    ['an image that is not there', null],
    ['a container that exits at once', CRASHING],
    ['failing health checks', SICK],
  ])('rolls back a deployment with %s', async (_what, bad) => {
    const world = await broken(bad);
    const [first] = world.deployments().slice(-1);
    const deployment = await world.ended();
    expect(deployment).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      deploymentCircuitBreaker: { status: 'TRIGGERED', threshold: 3 },
      rollback: { serviceRevisionArn: first!.targetServiceRevision!.arn },
    });
    expect(deployment.deploymentCircuitBreaker!.failureCount).toBeGreaterThanOrEqual(3);
    expect(world.service()).toMatchObject({
      runningCount: 2,
      taskDefinition: expect.stringMatching(/web:1$/) as string,
    });
    expect(world.deployments()).toHaveLength(2);
  });

  it('shows the broken rollout as PRIMARY until it trips, then the old one with the broken one ACTIVE and FAILED', async () => {
    const world = await broken(SICK);
    const [, old] = world.service().deployments!;
    await world.until(() =>
      world.service().deployments!.some(({ rolloutState }) => rolloutState === 'FAILED'),
    );
    expect(world.newest().status).toBe('ROLLBACK_IN_PROGRESS');
    expect(world.service().deployments).toMatchObject([
      {
        id: old!.id,
        status: 'PRIMARY',
        rolloutState: 'IN_PROGRESS',
        taskDefinition: expect.stringMatching(/:1$/) as string,
      },
      { status: 'ACTIVE', rolloutState: 'FAILED', taskDefinition: expect.stringMatching(/:2$/) as string },
    ]);
    expect(world.service().taskDefinition).toMatch(/:1$/);
  });

  it('announces the failure, then the rollback as a deployment of the old rollout, then its completion', async () => {
    const world = await broken(CRASHING);
    const [, old] = world.service().deployments!;
    await world.ended();
    expect(world.deploymentEvents().slice(3)).toEqual([
      ['SERVICE_DEPLOYMENT_FAILED', 'ECS deployment circuit breaker: tasks failed to start.'],
      [
        'SERVICE_DEPLOYMENT_IN_PROGRESS',
        `ECS deployment circuit breaker: rolling back to deploymentId ${old!.id}.`,
      ],
      ['SERVICE_DEPLOYMENT_COMPLETED', `ECS deployment ${old!.id} completed.`],
    ]);
    const failed = world.events.find(({ detail }) => detail['eventName'] === 'SERVICE_DEPLOYMENT_FAILED');
    expect(failed).toMatchObject({
      resources: [world.service().serviceArn],
      detail: { eventType: 'ERROR', deploymentId: expect.not.stringContaining(old!.id!) as string },
    });
  });

  it('stops the deployment and launches nothing more where no rollback is wanted', async () => {
    const world = await broken(SICK, { rollback: false });
    const deployment = await world.ended();
    expect(deployment.status).toBe('STOPPED');
    expect(deployment.stoppedAt).toBeInstanceOf(Date);
    const [primary] = world.service().deployments!;
    expect(primary).toMatchObject({ status: 'PRIMARY', rolloutState: 'FAILED' });
    const launched = world.service().events!.length;
    await world.pass(600);
    expect(world.service().events).toHaveLength(launched);
    expect(world.service().taskDefinition).toMatch(/:2$/);
  });

  it('does not count tasks that end after they were healthy', async () => {
    const world = await broken({ ...GOOD, exitsAfterSeconds: 30, exitCode: 1 });
    const counted = new Set<number | undefined>();
    const until = world.clock.now() + 1_200_000;
    await world.until(() => {
      counted.add(world.newest().deploymentCircuitBreaker!.failureCount);
      return world.clock.now() >= until;
    });
    expect([...counted]).toEqual([0]);
  });

  it('finds nothing to go back to on the first deployment', async () => {
    const world = new EcsWorld();
    world.create(world.define(null), { deploymentConfiguration: breaker(true) });
    const deployment = await world.ended();
    expect(deployment.status).toBe('ROLLBACK_FAILED');
    expect(deployment.statusReason).toBe('No rollback candidate was found to run the rollback.');
    expect(deployment.rollback).toBeUndefined();
  });

  it('does not roll a rollback back: when the old image is missing too, it fails', async () => {
    const world = await broken(CRASHING, { desiredCount: 4 });
    world.update({ desiredCount: 8 });
    const digest = world.ecr.resolve('111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:v1')!.digest;
    world.ecr.operations['BatchDeleteImage']!.run(
      { repositoryName: 'web', imageIds: [{ imageDigest: digest }] } as never,
      { role: 'operator' },
    );
    const deployment = await world.ended();
    expect(deployment.status).toBe('ROLLBACK_FAILED');
    expect(world.service().deployments![0]).toMatchObject({ status: 'PRIMARY', rolloutState: 'FAILED' });
    expect(world.service().runningCount).toBe(4);
  });

  it('does not trip without the circuit breaker: the deployment continues for hours', async () => {
    const world = new EcsWorld();
    world.create(world.define(GOOD));
    await world.ended();
    world.update({ taskDefinition: world.define(null, 'v2') });
    await world.pass(4 * 3600);
    expect(world.newest()).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: { status: 'DISABLED' },
    });
    expect(world.service().runningCount).toBe(2);
  });

  it.each([
    [true, 0],
    [false, 2],
  ])(
    'with resetOnHealthyTask %s it has %i failures on record after a task turned healthy',
    async (resetOnHealthyTask, failures) => {
      const world = new EcsWorld();
      const deploymentCircuitBreaker = { enable: true, rollback: true, resetOnHealthyTask };
      world.create(world.define(null), { deploymentConfiguration: { deploymentCircuitBreaker } });
      await world.until(() => world.newest().deploymentCircuitBreaker!.failureCount === 2);
      world.ecr.push('web', 'v1-missing', GOOD);
      expect(await world.ended()).toMatchObject({
        status: 'SUCCESSFUL',
        deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE', failureCount: failures },
      });
    },
  );
});

describe('launches of tasks that cannot start', () => {
  it('are spaced further and further apart, and the service reports that it is impaired', async () => {
    const world = new EcsWorld();
    world.create(world.define(null), { desiredCount: 1 });
    await world.pass(1800);
    const started = world
      .service()
      .events!.filter(({ message }) => message!.includes('has started 1 tasks'))
      .map(({ createdAt }) => createdAt!.getTime())
      .toReversed();
    const gaps = started.slice(1).map((at, index) => at - started[index]!);
    expect(gaps.length).toBeGreaterThan(3);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(world.service().events!.map(({ message }) => message)).toContain(
      '(service web) is unable to consistently start tasks successfully.',
    );
    expect(
      world.events.filter(({ detail }) => detail['eventName'] === 'SERVICE_TASK_START_IMPAIRED'),
    ).toHaveLength(1);
  });

  it('leave tasks that were never started: no exit code, and the reason on task and container', async () => {
    const world = new EcsWorld();
    world.create(world.define(null), { desiredCount: 1 });
    await world.pass(60);
    const { taskArns } = world.call('ListTasks', {
      cluster: 'prod',
      desiredStatus: 'STOPPED',
    });
    const { tasks } = world.call('DescribeTasks', {
      cluster: 'prod',
      tasks: taskArns!,
    });
    expect(tasks![0]).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' });
    expect(tasks![0]!.stoppedReason).toMatch(/^CannotPullContainerError: /);
    expect(tasks![0]!.containers![0]).not.toHaveProperty('exitCode');
    expect(tasks![0]!.containers![0]!.reason).toMatch(/^CannotPullContainerError: /);
  });
});
