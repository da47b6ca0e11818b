import { describe, expect, it } from 'vitest';
import { askedInTags, askedInVariables } from '../../world/asked.ts';
import { AwsError } from '../../world/service.ts';
import { AsgWorld } from './asg-world.ts';
import { EcsWorld, GOOD } from './ecs-world.ts';
import { LambdaWorld } from './lambda-world.ts';

const refuse = (message: string) => new AwsError('InvalidParameterException', message);

describe('a client makes a bad release', () => {
  it('by tags of a task definition: its tasks answer as these say, whatever their image does', async () => {
    const world = new EcsWorld();
    world.define(GOOD);
    world.create(
      tagged(world, { 'embedded-aws:errors': '0.4', 'embedded-aws:latency': '1500', team: 'shop' }),
    );
    await world.pass(60);
    expect(running(world)).toEqual([
      { ...GOOD, errorRate: 0.4, latency: 1.5 },
      { ...GOOD, errorRate: 0.4, latency: 1.5 },
    ]);
  });

  it('whose tasks never start, or start and fail their health checks', async () => {
    const world = new EcsWorld();
    const good = world.define(GOOD);
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    world.create(good, { deploymentConfiguration: breaker });
    await world.ended();
    for (const [starts, said] of [
      ['never', /EssentialContainerExited/],
      ['unhealthy', /failed ELB health checks/],
    ] as const) {
      world.update({ taskDefinition: tagged(world, { 'embedded-aws:starts': starts }) });
      const { status } = await world.ended();
      expect([status, stoppedBy(world)]).toEqual(['ROLLBACK_SUCCESSFUL', expect.stringMatching(said)]);
    }
  });

  it('by a tag on a task definition that is registered already: tasks that start from then on', async () => {
    const world = new EcsWorld();
    const taskDefinition = world.define(GOOD);
    world.create(taskDefinition, { desiredCount: 1 });
    await world.pass(60);
    world.call('TagResource', {
      resourceArn: taskDefinition,
      tags: [{ key: 'embedded-aws:errors', value: '1' }],
    });
    world.update({ desiredCount: 2 });
    await world.pass(60);
    expect(running(world).map((behaviour) => behaviour?.errorRate)).toEqual([0, 1]);
  });

  it('by tags of the instances of a launch template', async () => {
    const world = new AsgWorld();
    world.create(world.version());
    const Tags = [{ Key: 'embedded-aws:errors', Value: '0.4' }];
    const bad = world.version({}, { TagSpecifications: [{ ResourceType: 'instance', Tags }] });
    world.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await world.pass(120);
    world.refresh(bad);
    await world.ended();
    const [instance] = world.group().Instances ?? [];
    const target = { id: instance?.InstanceId ?? '', port: 80 };
    expect(world.world.autoscaling.answers(target)?.errorRate).toBe(0.4);
  });

  it('by variables of a function, in the version that is published then, and in none before', () => {
    const world = new LambdaWorld();
    const { clock } = world;
    const bad = configured(world, { EMBEDDED_AWS_ERRORS: '1' });
    world.update({ FunctionVersion: bad });
    const users = world.lambda.callers;
    const statuses = () => new Set(users.serve(50, clock.now()).map(({ status }) => status));
    expect([bad, statuses()]).toEqual(['2', new Set([500])]);
    world.update({ FunctionVersion: '1' });
    expect(statuses()).toEqual(new Set([200]));
    const shown = world.call('GetFunctionConfiguration', { FunctionName: 'checkout', Qualifier: bad });
    expect(shown.Environment).toEqual({ Variables: { EMBEDDED_AWS_ERRORS: '1' } });
  });
});

describe('a word without meaning', () => {
  it.each([
    ['embedded-aws:errors', '40'],
    ['embedded-aws:errors', '-0.1'],
    ['embedded-aws:errors', ''],
    ['embedded-aws:errors', 'many'],
    ['embedded-aws:latency', '1.5s'],
    ['embedded-aws:latency', '-1'],
    ['embedded-aws:starts', 'later'],
    ['embedded-aws:error', '0.4'],
  ])('is refused in a tag, with the tag in the error: %s = %j', (key, value) => {
    const tags = { [key]: value };
    expect(() => askedInTags(tags, refuse)).toThrow(new RegExp(`^${key} `));
    const world = new EcsWorld();
    const arn = world.define(GOOD);
    const listed = [{ key, value }];
    expect(codeOf(() => tagged(world, tags))).toBe('InvalidParameterException');
    expect(codeOf(() => world.call('TagResource', { resourceArn: arn, tags: listed }))).toBe(
      'InvalidParameterException',
    );
    expect(world.call('ListTaskDefinitions', {}).taskDefinitionArns).toEqual([arn]);
    const Tags = [{ Key: key, Value: value }];
    const asg = new AsgWorld();
    asg.version();
    expect(codeOf(() => asg.version({}, { TagSpecifications: [{ ResourceType: 'instance', Tags }] }))).toBe(
      'InvalidParameterValue',
    );
  });

  it.each([
    ['EMBEDDED_AWS_ERRORS', '2'],
    ['EMBEDDED_AWS_LATENCY', 'slow'],
    ['EMBEDDED_AWS_STARTS', 'never'],
  ])('is refused in a variable of a function: %s = %j', (name, value) => {
    expect(() => askedInVariables({ [name]: value }, refuse)).toThrow(new RegExp(`^${name} `));
    const world = new LambdaWorld();
    const Environment = { Variables: { [name]: value } };
    const refused = 'InvalidParameterValueException';
    expect(world.refusal('UpdateFunctionConfiguration', { FunctionName: 'checkout', Environment })).toBe(
      refused,
    );
    expect(world.refusal('CreateFunction', { FunctionName: 'cart', Environment })).toBe(refused);
  });

  it('is left alone in every other tag and variable', () => {
    expect(askedInTags({ errors: '40', 'embedded-aws': 'x', 'aws:x': 'y' }, refuse)).toEqual({});
    expect(askedInVariables({ ERRORS: '40', NODE_OPTIONS: '' }, refuse)).toEqual({});
  });
});

function tagged(world: EcsWorld, tags: Readonly<Record<string, string>>): string {
  const { uri } = world.ecr.push('web', 'v2', GOOD);
  const { taskDefinition } = world.call('RegisterTaskDefinition', {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: uri, portMappings: [{ containerPort: 80 }] }],
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });
  return taskDefinition?.taskDefinitionArn ?? '';
}

function tasks(world: EcsWorld, desiredStatus: 'RUNNING' | 'STOPPED') {
  const { taskArns = [] } = world.call('ListTasks', { cluster: 'prod', desiredStatus });
  return world.call('DescribeTasks', { cluster: 'prod', tasks: taskArns }).tasks ?? [];
}

/** Returns the behaviour of each running task, as the load balancer meets it, oldest first. */
function running(world: EcsWorld) {
  return tasks(world, 'RUNNING').map(({ attachments = [] }) => {
    const address = attachments[0]?.details?.find(({ name }) => name === 'privateIPv4Address')?.value;
    return world.ecs.answers({ id: address ?? '', port: 80 });
  });
}

function stoppedBy(world: EcsWorld): string {
  return tasks(world, 'STOPPED')
    .map(({ stopCode = '', stoppedReason = '' }) => `${stopCode} ${stoppedReason}`)
    .join('\n');
}

function configured(world: LambdaWorld, Variables: Readonly<Record<string, string>>): string {
  world.call('UpdateFunctionConfiguration', { FunctionName: 'checkout', Environment: { Variables } });
  return world.call('PublishVersion', { FunctionName: 'checkout' }).Version ?? '';
}

function codeOf(call: () => unknown): string | null {
  try {
    call();
    return null;
  } catch (error) {
    return error instanceof AwsError ? error.code : String(error);
  }
}
