import { describe, expect, it } from 'vitest';
import { EcsWorld, GOOD } from './ecs-world.ts';

const alarms = (rollback: boolean) => ({
  alarms: { alarmNames: ['web-5xx', 'web-slow'], enable: true, rollback },
});

async function deploying(rollback = true, alarm: 'OK' | 'ALARM' = 'OK'): Promise<EcsWorld> {
  const world = new EcsWorld();
  world.create(world.define(GOOD));
  await world.ended();
  world.alarms.set('web-5xx', alarm);
  world.update({ taskDefinition: world.define(GOOD, 'v2'), deploymentConfiguration: alarms(rollback) });
  await world.pass(10);
  return world;
}

describe('deployment alarms', () => {
  it('fail the deployment and roll it back when one turns to ALARM', async () => {
    const world = await deploying();
    expect(world.newest().alarms).toEqual({ status: 'MONITORING', alarmNames: ['web-5xx', 'web-slow'] });
    world.alarms.set('web-5xx', 'ALARM');
    const deployment = await world.ended();
    expect(deployment).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['web-5xx'] },
    });
    expect(world.service().events!.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^\(service web\) \(deployment ecs-svc\/\d+\) deployment failed: alarm detected\.$/,
      ),
    );
    expect(world.deploymentEvents().map(([name]) => name)).toContain('SERVICE_DEPLOYMENT_FAILED');
    expect(world.service().taskDefinition).toMatch(/:1$/);
  });

  it('are watched for a while after the old tasks are gone; a failure then restarts old tasks', async () => {
    const world = await deploying();
    await world.until(() => world.service().deployments!.length === 1 && world.service().runningCount === 2);
    await world.pass(60);
    expect(world.newest().status).toBe('IN_PROGRESS');
    world.alarms.set('web-slow', 'ALARM');
    expect((await world.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(world.service()).toMatchObject({
      runningCount: 2,
      taskDefinition: expect.stringMatching(/:1$/) as string,
    });
  });

  it('let the deployment complete when they stay quiet', async () => {
    const world = await deploying();
    expect(await world.ended()).toMatchObject({
      status: 'SUCCESSFUL',
      alarms: { status: 'MONITORING_COMPLETE' },
    });
    world.alarms.set('web-5xx', 'ALARM');
    await world.pass(600);
    expect(world.newest().status).toBe('SUCCESSFUL');
  });

  it('are ignored for a deployment that starts while one is in ALARM', async () => {
    const world = await deploying(true, 'ALARM');
    expect(world.newest().alarms!.status).toBe('DISABLED');
    world.alarms.set('web-slow', 'ALARM');
    expect((await world.ended()).status).toBe('SUCCESSFUL');
  });

  it('stop the deployment where no rollback is wanted', async () => {
    const world = await deploying(false);
    world.alarms.set('web-5xx', 'ALARM');
    expect((await world.ended()).status).toBe('STOPPED');
    expect(world.service().deployments![0]).toMatchObject({ rolloutState: 'FAILED', status: 'PRIMARY' });
  });
});
