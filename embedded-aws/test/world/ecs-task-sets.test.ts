import { beforeEach, describe, expect, it } from 'vitest';
import type { TaskSet } from '@aws-sdk/client-ecs';
import { EcsWorld, GOOD, SICK } from './ecs-world.ts';

const NAMED = { cluster: 'prod', service: 'web' };
const BLUE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/1';

describe('task sets', () => {
  let world: EcsWorld;
  let releases = 0;

  /** Task set operations are outside this world's typed outputs. */
  const call = (operation: string, input: object): { taskSet?: TaskSet; taskSets?: TaskSet[] } =>
    world.ecs.operations[operation]!.run({ ...NAMED, ...input } as never, { role: 'operator' }) as never;
  const create = (behaviour = GOOD, more: object = {}): TaskSet =>
    call('CreateTaskSet', {
      taskDefinition: world.define(behaviour, `v${++releases}`),
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      loadBalancers: [{ targetGroupArn: BLUE, containerName: 'web', containerPort: 80 }],
      scale: { value: 100, unit: 'PERCENT' },
      ...more,
    }).taskSet!;
  const show = (id: string): TaskSet => call('DescribeTaskSets', { taskSets: [id] }).taskSets![0]!;

  beforeEach(() => {
    world = new EcsWorld();
    world.call('CreateService', {
      cluster: 'prod',
      serviceName: 'web',
      desiredCount: 3,
      deploymentController: { type: 'EXTERNAL' },
    });
  });

  it('start their share of the desired count, rounded up, and are steady when all are healthy', async () => {
    const { id } = create(GOOD, { scale: { value: 50, unit: 'PERCENT' } });
    expect(show(id!)).toMatchObject({
      computedDesiredCount: 2,
      stabilityStatus: 'STABILIZING',
      status: 'ACTIVE',
    });
    await world.pass(180);
    expect(show(id!)).toMatchObject({ runningCount: 2, pendingCount: 0, stabilityStatus: 'STEADY_STATE' });
  });

  it('are never steady while their tasks fail', async () => {
    const { id } = create(SICK);
    await world.pass(600);
    expect(show(id!)).toMatchObject({ stabilityStatus: 'STABILIZING' });
  });

  it('grow and shrink by their scale', async () => {
    const { id: taskSet } = create();
    await world.pass(180);
    call('UpdateTaskSet', { taskSet, scale: { value: 0, unit: 'PERCENT' } });
    await world.pass(180);
    expect(show(taskSet!)).toMatchObject({ runningCount: 0, computedDesiredCount: 0 });
  });

  it('have one primary among them', () => {
    const [one, other] = [create(), create()];
    call('UpdateServicePrimaryTaskSet', { primaryTaskSet: one.id });
    call('UpdateServicePrimaryTaskSet', { primaryTaskSet: other.taskSetArn });
    expect(world.service().taskSets!.map(({ status }) => status)).toEqual(['ACTIVE', 'PRIMARY']);
  });

  it('are made once for one client token', () => {
    const clientToken = 'once';
    expect(create(GOOD, { clientToken }).id).toBe(create(GOOD, { clientToken }).id);
  });

  it.each(['x'.repeat(37), 'with space', ''])('are not made for the client token %j', (clientToken) => {
    expect(() => create(GOOD, { clientToken })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }) as Error,
    );
  });

  it('drain and disappear when they are deleted, by force while they have tasks', async () => {
    const { id: taskSet } = create();
    await world.pass(180);
    expect(() => call('DeleteTaskSet', { taskSet })).toThrow();
    call('DeleteTaskSet', { taskSet, force: true });
    expect(show(taskSet!)).toMatchObject({ status: 'DRAINING' });
    await world.until(() => world.service().taskSets!.length === 0);
  });

  it.each([
    [
      'UpdateTaskSet',
      { taskSet: 'ecs-svc/0', scale: { value: 1, unit: 'PERCENT' } },
      'TaskSetNotFoundException',
    ],
    ['UpdateServicePrimaryTaskSet', { primaryTaskSet: 'ecs-svc/0' }, 'TaskSetNotFoundException'],
    ['DescribeTaskSets', { service: 'none' }, 'ServiceNotFoundException'],
  ])('%s refuses what is not there', (operation, input, code) => {
    expect(() => call(operation, input)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('of a service that CodeDeploy deploys cannot be changed otherwise', () => {
    world.create(world.define(GOOD), { serviceName: 'shop', deploymentController: { type: 'CODE_DEPLOY' } });
    expect(() => create(GOOD, { service: 'shop' })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }) as Error,
    );
  });
});
