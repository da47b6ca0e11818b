import { describe, expect, it } from 'vitest';
import { EcsWorld, GOOD, SICK } from './ecs-world.ts';

async function deploying(): Promise<EcsWorld> {
  const world = new EcsWorld();
  world.create(world.define(GOOD));
  await world.ended();
  world.update({ taskDefinition: world.define(SICK, 'v2') });
  return world;
}

function stop(
  world: EcsWorld,
  serviceDeploymentArn = world.newest().serviceDeploymentArn!,
  stopType = 'ROLLBACK',
) {
  return world.call('StopServiceDeployment', { serviceDeploymentArn, stopType });
}

describe('StopServiceDeployment', () => {
  it('rolls back a deployment in progress that has no rollback configured', async () => {
    const world = await deploying();
    const old = world.deployments()[1]!.targetServiceRevision!.arn;
    await world.pass(30);
    const { serviceDeploymentArn } = world.newest();
    expect(stop(world)).toEqual({ serviceDeploymentArn });
    expect(world.newest().status).toBe('ROLLBACK_REQUESTED');
    await world.pass(2);
    expect(world.newest()).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      rollback: { serviceRevisionArn: old },
    });
    expect(await world.ended()).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', serviceDeploymentArn });
    expect(world.service()).toMatchObject({
      runningCount: 2,
      taskDefinition: expect.stringMatching(/:1$/) as string,
    });
  });

  it('uses the old revision and makes no new one', async () => {
    const world = await deploying();
    stop(world);
    await world.ended();
    const [, first] = world.deployments();
    expect(world.service().currentServiceRevisions!.map(({ arn }) => arn)).toEqual([
      first!.targetServiceRevision!.arn,
    ]);
    expect(world.deployments()).toHaveLength(2);
  });

  it('stops a PENDING deployment', async () => {
    const world = await deploying();
    expect(world.newest().status).toBe('PENDING');
    stop(world);
    stop(world);
    expect(world.newest().status).toBe('ROLLBACK_REQUESTED');
    expect((await world.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('answers the same to a second request during the rollback', async () => {
    const world = await deploying();
    await world.pass(30);
    stop(world);
    await world.pass(5);
    expect(world.newest().status).toBe('ROLLBACK_IN_PROGRESS');
    const before = world.newest();
    stop(world);
    expect(world.newest()).toEqual(before);
    expect((await world.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('emits no failure, only the way back', async () => {
    const world = await deploying();
    await world.pass(30);
    stop(world);
    await world.ended();
    expect(
      world
        .deploymentEvents()
        .slice(2)
        .map(([name]) => name),
    ).toEqual([
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      'SERVICE_DEPLOYMENT_COMPLETED',
    ]);
    expect(world.deploymentEvents()[3]![1]).toMatch(/rolling back to deploymentId ecs-svc\//);
  });

  it('refuses a deployment that has ended, one that does not exist, and a stop without rollback', async () => {
    const world = await deploying();
    const [current, first] = world.deployments();
    expect(() => stop(world, first!.serviceDeploymentArn)).toThrow(
      expect.objectContaining({ code: 'ConflictException' }),
    );
    expect(() => stop(world, `${first!.serviceDeploymentArn!}x`)).toThrow(
      expect.objectContaining({ code: 'ServiceDeploymentNotFoundException' }),
    );
    expect(() => stop(world, current!.serviceDeploymentArn, 'ABORT')).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }),
    );
    stop(world);
    await world.ended();
    expect(() => stop(world)).toThrow(expect.objectContaining({ code: 'ConflictException' }));
  });

  it('has nowhere to go back to on a first deployment', async () => {
    const world = new EcsWorld();
    world.create(world.define(SICK));
    await world.pass(30);
    stop(world);
    expect(await world.ended()).toMatchObject({
      status: 'ROLLBACK_FAILED',
      statusReason: 'No rollback candidate was found to run the rollback.',
    });
  });

  it('yields to a deployment that starts during the rollback', async () => {
    const world = await deploying();
    await world.pass(30);
    stop(world);
    await world.pass(2);
    world.update({ taskDefinition: world.define(GOOD, 'v3') });
    expect(world.deployments().map(({ status }) => status)).toEqual(['PENDING', 'STOPPED', 'SUCCESSFUL']);
    expect((await world.ended()).status).toBe('SUCCESSFUL');
    expect(world.service().taskDefinition).toMatch(/:3$/);
  });
});
