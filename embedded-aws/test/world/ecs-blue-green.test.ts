import type { DeploymentConfiguration, ServiceDeployment } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { BLUE, CRASHING, EcsWorld, GOOD, GREEN, RULE, TEST_RULE } from './ecs-world.ts';

const LOAD_BALANCERS = [
  {
    targetGroupArn: BLUE,
    containerName: 'web',
    containerPort: 80,
    advancedConfiguration: {
      alternateTargetGroupArn: GREEN,
      productionListenerRule: RULE,
      testListenerRule: TEST_RULE,
      roleArn: 'arn:aws:iam::111122223333:role/ecs',
    },
  },
];

async function deploying(deploymentConfiguration: DeploymentConfiguration, next = GOOD): Promise<EcsWorld> {
  const world = new EcsWorld();
  world.create(world.define(GOOD), {
    loadBalancers: LOAD_BALANCERS,
    deploymentConfiguration: { ...deploymentConfiguration, lifecycleHooks: [] },
  });
  await world.ended();
  world.update({ taskDefinition: world.define(next, 'v2'), deploymentConfiguration });
  return world;
}

const BLUE_GREEN: DeploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 };

async function journey(world: EcsWorld): Promise<readonly string[]> {
  const seen: string[] = [];
  await world.until(() => {
    const { lifecycleStage: stage, targetServiceRevision: target, status } = world.newest();
    const line = `${stage ?? 'none'} ${target!.requestedProductionTrafficWeight!}`;
    if (stage && seen.at(-1) !== line) seen.push(line);
    return status === 'SUCCESSFUL';
  });
  return seen;
}

const weights = (world: EcsWorld, rule = RULE) =>
  Object.fromEntries(
    world.targetGroups.rules.get(rule)!.map(({ targetGroupArn, weight }) => [targetGroupArn, weight]),
  );

const stop = (world: EcsWorld, { serviceDeploymentArn }: ServiceDeployment) =>
  world.call('StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' });

describe('a blue/green deployment', () => {
  it('passes through its stages and bakes before it cleans up', async () => {
    const world = await deploying(BLUE_GREEN);
    expect(weights(world)).toEqual({ [BLUE]: 100 });
    expect(await journey(world)).toEqual([
      'PRE_SCALE_UP 0',
      'SCALE_UP 0',
      'POST_SCALE_UP 0',
      'TEST_TRAFFIC_SHIFT 0',
      'POST_TEST_TRAFFIC_SHIFT 0',
      'PRE_PRODUCTION_TRAFFIC_SHIFT 0',
      'PRODUCTION_TRAFFIC_SHIFT 100',
      'POST_PRODUCTION_TRAFFIC_SHIFT 100',
      'BAKE_TIME 100',
      'CLEAN_UP 100',
    ]);
    expect(weights(world)).toEqual({ [BLUE]: 0, [GREEN]: 100 });
    const { createdAt, finishedAt } = world.newest();
    expect((finishedAt!.getTime() - createdAt!.getTime()) / 60_000).toBeGreaterThan(10);
    expect(world.service()).toMatchObject({
      runningCount: 2,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
    });
  });

  it('alternates between the two target groups, and the revision names its own', async () => {
    const world = await deploying(BLUE_GREEN);
    await world.ended();
    world.update({ forceNewDeployment: true });
    await world.ended();
    const serviceRevisionArns = world
      .deployments()
      .map(({ targetServiceRevision }) => targetServiceRevision!.arn!);
    const { serviceRevisions } = world.call('DescribeServiceRevisions', { serviceRevisionArns });
    expect(
      serviceRevisions!.map(({ resolvedConfiguration }) => resolvedConfiguration!.loadBalancers![0]),
    ).toEqual([
      { targetGroupArn: BLUE, productionListenerRule: RULE },
      { targetGroupArn: GREEN, productionListenerRule: RULE },
      { targetGroupArn: BLUE, productionListenerRule: RULE },
    ]);
  });

  it('runs both revisions at full size until the bake time is over', async () => {
    const world = await deploying(BLUE_GREEN);
    await world.until(() => world.newest().lifecycleStage === 'BAKE_TIME');
    await world.pass(300);
    expect(world.service().runningCount).toBe(4);
    expect(world.newest()).toMatchObject({
      targetServiceRevision: {
        runningTaskCount: 2,
        requestedProductionTrafficWeight: 100,
        requestedTestTrafficWeight: 100,
      },
      sourceServiceRevisions: [{ runningTaskCount: 2, requestedProductionTrafficWeight: 0 }],
    });
  });

  it('returns the traffic at once when it is stopped in its bake time', async () => {
    const world = await deploying(BLUE_GREEN);
    await world.until(() => world.newest().lifecycleStage === 'BAKE_TIME');
    const asked = world.clock.now();
    stop(world, world.newest());
    await world.until(() => weights(world)[BLUE] === 100);
    expect(world.clock.now() - asked).toBeLessThan(10_000);
    expect(weights(world)).toEqual({ [BLUE]: 100, [GREEN]: 0 });
    expect(weights(world, TEST_RULE)).toEqual({ [BLUE]: 100, [GREEN]: 0 });
    expect((await world.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(world.service()).toMatchObject({
      runningCount: 2,
      taskDefinition: expect.stringMatching(/:1$/) as string,
    });
  });

  it('starts the old tasks again when it is stopped in CLEAN_UP', async () => {
    const world = await deploying(BLUE_GREEN);
    await world.until(
      () => world.newest().lifecycleStage === 'CLEAN_UP' && world.service().runningCount === 2,
    );
    stop(world, world.newest());
    expect((await world.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(weights(world)).toEqual({ [BLUE]: 100, [GREEN]: 0 });
    expect(world.service().taskDefinition).toMatch(/:1$/);
  });

  it('never shifts traffic to tasks that do not come up, and rolls back by its circuit breaker', async () => {
    const world = await deploying(
      { ...BLUE_GREEN, deploymentCircuitBreaker: { enable: true, rollback: true } },
      CRASHING,
    );
    const deployment = await world.ended();
    expect(deployment.status).toBe('ROLLBACK_SUCCESSFUL');
    expect(deployment.targetServiceRevision!.requestedProductionTrafficWeight).toBe(0);
    expect(weights(world)).toEqual({ [BLUE]: 100, [GREEN]: 0 });
  });

  it('rolls back when an alarm turns in its bake time', async () => {
    const world = await deploying({
      ...BLUE_GREEN,
      alarms: { alarmNames: ['web-5xx'], enable: true, rollback: true },
    });
    await world.until(() => world.newest().lifecycleStage === 'BAKE_TIME');
    world.alarms.set('web-5xx', 'ALARM');
    expect(await world.ended()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      alarms: { status: 'TRIGGERED' },
    });
    expect(weights(world)).toEqual({ [BLUE]: 100, [GREEN]: 0 });
  });

  it('first puts the service in order when it overtakes another one', async () => {
    const world = await deploying(BLUE_GREEN);
    await world.until(() => world.newest().lifecycleStage === 'BAKE_TIME');
    world.update({ taskDefinition: world.define(GOOD, 'v3') });
    await world.until(() => world.newest().lifecycleStage === 'RECONCILE_SERVICE');
    expect(weights(world)[BLUE]).toBe(100);
    expect((await world.ended()).status).toBe('SUCCESSFUL');
    expect(world.service()).toMatchObject({
      runningCount: 2,
      taskDefinition: expect.stringMatching(/:3$/) as string,
    });
    expect(weights(world)).toEqual({ [BLUE]: 0, [GREEN]: 100 });
  });

  it('keeps the tasks of a revision that was deployed by a rolling deployment, until the bake time is over', async () => {
    const world = new EcsWorld();
    world.create(world.define(GOOD), { loadBalancers: LOAD_BALANCERS });
    await world.ended();
    world.update({ taskDefinition: world.define(GOOD, 'v2'), deploymentConfiguration: BLUE_GREEN });
    await world.until(() => {
      expect(world.service().runningCount).toBeGreaterThanOrEqual(2);
      return world.newest().lifecycleStage === 'BAKE_TIME';
    });
    expect(world.service().runningCount).toBe(4);
    expect((await world.ended()).status).toBe('SUCCESSFUL');
  });
});

describe('canary and linear deployments', () => {
  it('shift a share, bake, and shift the rest', async () => {
    const canaryConfiguration = { canaryPercent: 10, canaryBakeTimeInMinutes: 5 };
    const world = await deploying({ strategy: 'CANARY', canaryConfiguration, bakeTimeInMinutes: 1 });
    await world.until(() => weights(world)[GREEN] === 10);
    expect(weights(world)).toEqual({ [BLUE]: 90, [GREEN]: 10 });
    const at = world.clock.now();
    await world.until(() => weights(world)[GREEN] === 100);
    expect(world.clock.now() - at).toBeGreaterThanOrEqual(300_000);
    expect((await world.ended()).status).toBe('SUCCESSFUL');
  });

  it('shift in equal steps, with the stage before the shift at every step', async () => {
    const linearConfiguration = { stepPercent: 40, stepBakeTimeInMinutes: 2 };
    const world = await deploying({ strategy: 'LINEAR', linearConfiguration, bakeTimeInMinutes: 0 });
    expect((await journey(world)).slice(5, 11)).toEqual([
      'PRE_PRODUCTION_TRAFFIC_SHIFT 0',
      'PRODUCTION_TRAFFIC_SHIFT 40',
      'PRE_PRODUCTION_TRAFFIC_SHIFT 40',
      'PRODUCTION_TRAFFIC_SHIFT 80',
      'PRE_PRODUCTION_TRAFFIC_SHIFT 80',
      'PRODUCTION_TRAFFIC_SHIFT 100',
    ]);
  });
});

describe('a PAUSE hook', () => {
  const paused = async (action?: 'CONTINUE' | 'ROLLBACK') => {
    const timeoutConfiguration = { timeoutInMinutes: 30, ...(action && { action }) };
    const lifecycleHooks = [
      {
        targetType: 'PAUSE' as const,
        lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT' as const],
        timeoutConfiguration,
      },
    ];
    const world = await deploying({ ...BLUE_GREEN, lifecycleHooks });
    await world.until(() => world.newest().lifecycleHookDetails?.[0]?.status === 'AWAITING_ACTION');
    return world;
  };
  const answer = (world: EcsWorld, action: string) => {
    const { serviceDeploymentArn, lifecycleHookDetails } = world.newest();
    return world.call('ContinueServiceDeployment', {
      serviceDeploymentArn,
      hookId: lifecycleHookDetails![0]!.hookId,
      action,
    });
  };

  it('holds the deployment at its stage until it is continued', async () => {
    const world = await paused();
    await world.pass(600);
    expect(world.newest()).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
    });
    answer(world, 'CONTINUE');
    expect(await world.ended()).toMatchObject({
      status: 'SUCCESSFUL',
      lifecycleHookDetails: [{ status: 'SUCCEEDED' }],
    });
  });

  it('rolls back when that is the answer, and cannot be answered twice', async () => {
    const world = await paused();
    answer(world, 'ROLLBACK');
    expect(() => answer(world, 'CONTINUE')).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }),
    );
    expect((await world.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(weights(world)).toEqual({ [BLUE]: 100, [GREEN]: 0 });
  });

  it.each([
    [undefined, 'ROLLBACK_SUCCESSFUL'],
    ['CONTINUE' as const, 'SUCCESSFUL'],
  ])('takes its timeout action %s by itself', async (action, status) => {
    const world = await paused(action);
    expect(await world.ended()).toMatchObject({ status, lifecycleHookDetails: [{ status: 'TIMED_OUT' }] });
  });
});
