import { describe, expect, it } from 'vitest';
import { AppConfigWorld, ALARM, BAD, GOOD } from './appconfig-world.ts';

const HOUR = 3600;

describe('a deployment of AppConfig', () => {
  it('grows by its factor, bakes and completes, and says so in its log', async () => {
    const world = new AppConfigWorld();
    const number = world.release(BAD, world.strategy(4, 2, 'LINEAR', 20));
    const percents: (number | undefined)[] = [];
    for (let minute = 0; minute < 5; minute++) {
      percents.push(world.deployment(number).PercentageComplete);
      await world.pass(60);
    }
    expect(percents).toEqual([20, 40, 60, 80, 100]);
    expect(world.deployment(number)).toMatchObject({ State: 'BAKING', DeploymentNumber: 2 });
    await world.pass(60);
    const { State, CompletedAt, EventLog } = world.deployment(number);
    expect({ State, at: CompletedAt?.getTime() }).toEqual({ State: 'COMPLETE', at: world.clock.now() });
    expect(EventLog?.map(({ EventType, TriggeredBy }) => `${EventType} ${TriggeredBy}`)).toEqual([
      'DEPLOYMENT_COMPLETED APPCONFIG',
      'BAKE_TIME_STARTED APPCONFIG',
      ...Array.from({ length: 5 }, () => 'PERCENTAGE_UPDATED APPCONFIG'),
      'DEPLOYMENT_STARTED USER',
    ]);
  });

  it('doubles where it grows exponentially', async () => {
    const world = new AppConfigWorld();
    const number = world.release(BAD, world.strategy(3, 0, 'EXPONENTIAL', 15));
    const percents = [];
    for (let minute = 0; minute < 4; minute++) {
      percents.push(world.deployment(number).PercentageComplete);
      await world.pass(60);
    }
    expect(percents).toEqual([15, 30, 60, 100]);
  });

  it('is announced from its start to its end, by ids in the detail alone', async () => {
    const world = new AppConfigWorld();
    world.surroundings.events.length = 0;
    world.release(BAD, world.strategy(0, 1));
    await world.pass(60);
    expect(world.surroundings.events.map((event) => event['detail-type'])).toEqual(
      ['Start', 'Step', 'Baking', 'Complete'].map((name) => `On Deployment ${name}`),
    );
    expect(world.surroundings.events[0]).toMatchObject({
      source: 'aws.appconfig',
      resources: [expect.stringContaining('extensionassociation')],
      detail: {
        Application: { Id: world.app, Name: 'shop' },
        Environment: { Id: world.env, Name: 'prod' },
        ConfigurationProfile: { Id: world.profile, Name: 'flags' },
        DeploymentNumber: 2,
        ConfigurationVersion: '2',
      },
    });
    world.appconfig.loseEvents();
    world.release(GOOD);
    expect(world.surroundings.events).toHaveLength(4);
  });

  it('is the only one of its environment, whatever the profile', async () => {
    const world = new AppConfigWorld();
    const other = { ConfigurationProfileId: world.addProfile('limits') };
    world.publish(GOOD, other.ConfigurationProfileId);
    const number = world.release(BAD, world.strategy(10, 0));
    expect(() => world.deploy(1, world.atOnce, other)).toThrow('in progress');
    world.stop(number);
    expect(() => world.deploy(1, world.atOnce, other)).toThrow('in progress');
    await world.pass(15);
    expect(world.deploy(1, world.atOnce, other)).toBe(3);
  });

  it('refuses a stale latest number, and versions, strategies and environments that do not exist', () => {
    const world = new AppConfigWorld();
    const start = {
      ...world.ids,
      ...{ ConfigurationProfileId: world.profile, DeploymentStrategyId: 'AppConfig.AllAtOnce' },
      ConfigurationVersion: '1',
    };
    expect(world.refusal('StartDeployment', { ...start, LatestDeploymentNumber: 0 })).toBe(
      'ConflictException',
    );
    for (const unknown of [
      { ConfigurationVersion: '7' },
      { DeploymentStrategyId: 'none' },
      { EnvironmentId: 'none' },
      { ConfigurationProfileId: 'none' },
    ])
      expect(world.refusal('StartDeployment', { ...start, ...unknown })).toBe('ResourceNotFoundException');
    expect(world.refusal('StartDeployment', { ...start, LatestDeploymentNumber: 1 })).toBeNull();
    expect(world.deployment(2)).toMatchObject({ FinalBakeTimeInMinutes: 10, State: 'BAKING' });
  });

  it('may be named by the label of its version', () => {
    const world = new AppConfigWorld();
    world.publish(BAD, world.profile, { VersionLabel: 'v2.0' });
    const input = { ConfigurationVersion: 'v2.0' };
    expect(world.deployment(world.deploy(2, world.atOnce, input))).toMatchObject({
      ConfigurationVersion: '2',
      VersionLabel: 'v2.0',
    });
  });

  it('is listed newest first, of all profiles, with its type', () => {
    const world = new AppConfigWorld();
    const other = { ConfigurationProfileId: world.addProfile('limits') };
    world.publish(GOOD, other.ConfigurationProfileId);
    world.deploy(1, world.atOnce, other);
    world.appconfig.startManaged({
      ...world.ids,
      ...{ ConfigurationProfileId: world.profile, DeploymentStrategyId: world.atOnce },
      ConfigurationVersion: '1',
    });
    const { Items, NextToken } = world.call('ListDeployments', { ...world.ids, MaxResults: 2 });
    expect(Items?.map((one) => [one.DeploymentNumber, one.ConfigurationName, one.Type])).toEqual([
      [3, 'flags', 'MANAGED'],
      [2, 'limits', 'USER'],
    ]);
    expect(world.call('ListDeployments', { ...world.ids, NextToken }).Items).toMatchObject([
      { DeploymentNumber: 1 },
    ]);
  });
});

describe('StopDeployment', () => {
  it.each([true, false])('rolls back what is in flight, with AllowRevert %s', async (allowRevert) => {
    const world = new AppConfigWorld();
    const number = world.release(BAD, world.strategy(10, 0));
    expect(world.stop(number, allowRevert).State).toBe('ROLLING_BACK');
    expect(world.stop(number, allowRevert).State).toBe('ROLLING_BACK');
    await world.pass(15);
    expect(world.deployment(number).State).toBe('ROLLED_BACK');
    expect(world.deployment(number).EventLog?.[0]).toMatchObject({
      EventType: 'ROLLBACK_COMPLETED',
      TriggeredBy: 'USER',
    });
    expect(world.call('GetEnvironment', world.ids).State).toBe('ROLLED_BACK');
    expect(world.surroundings.events.at(-1)).toMatchObject({ 'detail-type': 'On Deployment Rollback' });
    expect(() => world.stop(number)).toThrow('ROLLED_BACK');
  });

  it('reverts a completed one only with AllowRevert and within 72 hours, without an event', async () => {
    const world = new AppConfigWorld();
    const number = world.release(BAD);
    expect(() => world.stop(number, false)).toThrow('only be reverted');
    const events = world.surroundings.events.length;
    await world.pass(72 * HOUR);
    expect(world.stop(number).State).toBe('REVERTED');
    expect(world.surroundings.events).toHaveLength(events);
    expect(world.deployment(number).EventLog?.[0]?.EventType).toBe('REVERT_COMPLETED');
    const another = world.release(BAD);
    await world.pass(72 * HOUR + 1);
    expect(
      world.refusal('StopDeployment', { ...world.ids, DeploymentNumber: another, AllowRevert: true }),
    ).toBe('BadRequestException');
  });

  it('reverts neither an older one nor the very first', () => {
    const world = new AppConfigWorld();
    expect(() => world.stop(1)).toThrow('before deployment 1');
    expect(world.deployment(1).State).toBe('COMPLETE');
    const [older, newer] = [world.release(BAD), world.release(GOOD)];
    expect(() => world.stop(older)).toThrow('not the latest');
    expect(world.stop(newer).State).toBe('REVERTED');
    expect(world.stop(older).State).toBe('REVERTED');
  });
});

describe('a monitor', () => {
  it.each(['ALARM', 'INSUFFICIENT_DATA'] as const)('rolls back in %s, while it bakes too', async (red) => {
    const world = new AppConfigWorld();
    world.monitor();
    world.alarms.set('prod-errors', 'OK');
    const number = world.release(BAD, world.strategy(0, 10));
    await world.pass(60);
    expect(world.deployment(number).State).toBe('BAKING');
    world.alarms.set('prod-errors', red);
    await world.pass(30);
    expect(world.deployment(number)).toMatchObject({ State: 'ROLLED_BACK' });
    expect(world.deployment(number).EventLog?.[0]).toMatchObject({
      TriggeredBy: 'CLOUDWATCH_ALARM',
      Description: ALARM,
    });
  });

  it('that is red stops the fix at once, and lets a revert pass', () => {
    const world = new AppConfigWorld();
    const bad = world.release(BAD);
    world.monitor();
    world.alarms.set('prod-errors', 'ALARM');
    const fix = world.release(GOOD, world.strategy(0, 10));
    expect(world.deployment(fix).State).toBe('ROLLING_BACK');
    expect(world.stop(bad).State).toBe('REVERTED');
  });
});

describe('the clients', () => {
  it('have what is deployed one poll later, and the version before after a rollback', async () => {
    const world = new AppConfigWorld();
    expect(world.failing()).toBe(0);
    world.release(BAD);
    expect(world.failing()).toBe(0);
    await world.pass(30);
    const half = world.failing();
    expect(half).toBeGreaterThan(0.2);
    expect(half).toBeLessThan(0.8);
    await world.pass(30);
    expect(world.failing()).toBe(1);
    world.stop(2);
    expect(world.failing()).toBe(1);
    await world.pass(60);
    expect(world.failing()).toBe(0);
  });

  it('get a deployment in flight by its percentage', async () => {
    const world = new AppConfigWorld();
    world.failing();
    const number = world.release(BAD, world.strategy(60, 0, 'LINEAR', 20));
    await world.pass(60);
    expect(world.failing()).toBeCloseTo(0.2);
    world.stop(number);
    await world.pass(60);
    expect(world.failing()).toBe(0);
  });

  it('are measured by the environment, each minute', async () => {
    const world = new AppConfigWorld();
    world.failing(40);
    await world.pass(60);
    world.failing(1);
    await world.pass(120);
    expect(world.measured).toMatchObject([
      { name: 'Requests', value: 40, dimensions: { Environment: 'shop/prod' } },
      { name: 'Errors', value: 0 },
    ]);
  });

  it('refuse words without meaning', () => {
    const world = new AppConfigWorld();
    expect(() => world.publish({ EMBEDDED_AWS_ERRORS: 'many' })).toThrow('EMBEDDED_AWS_ERRORS must be');
  });
});

describe('resources of AppConfig', () => {
  it('may have the same name, and ids differ', () => {
    const world = new AppConfigWorld();
    world.call('CreateApplication', { Name: 'shop' });
    const { Items = [] } = world.call('ListApplications', {});
    expect(Items.map(({ Name }) => Name)).toEqual(['shop', 'shop']);
    expect(new Set(Items.map(({ Id }) => Id)).size).toBe(2);
    expect(Items.every(({ Id }) => /^[a-z0-9]{4,7}$/.test(Id!))).toBe(true);
  });

  it('have tags, by which IAM decides on each', () => {
    const world = new AppConfigWorld();
    world.call('TagResource', { ResourceArn: world.environmentArn, Tags: { team: 'shop' } });
    expect(world.call('ListTagsForResource', { ResourceArn: world.environmentArn }).Tags).toEqual({
      lastgood: 'auto',
      team: 'shop',
    });
    const stop = world.appconfig.operations.StopDeployment!;
    const asked = stop.authorize({ ...world.ids, DeploymentNumber: 1 } as never);
    expect(asked.map(({ resource, tags }) => [resource.split(':').at(-1), tags])).toEqual([
      [`application/${world.app}`, {}],
      [`application/${world.app}/environment/${world.env}`, { lastgood: 'auto', team: 'shop' }],
      [`application/${world.app}/environment/${world.env}/deployment/1`, {}],
    ]);
    world.call('UntagResource', { ResourceArn: world.environmentArn, TagKeys: ['lastgood'] });
    expect(world.appconfig.tagged()).toMatchObject([{ arn: world.environmentArn, tags: { team: 'shop' } }]);
    expect(world.refusal('TagResource', { ResourceArn: `${world.environmentArn}x`, Tags: {} })).toBe(
      'ResourceNotFoundException',
    );
  });

  it('lose a deleted version, whose number never comes again', () => {
    const world = new AppConfigWorld();
    const ids = { ApplicationId: world.app, ConfigurationProfileId: world.profile };
    world.publish(BAD);
    world.call('DeleteHostedConfigurationVersion', { ...ids, VersionNumber: 2 });
    expect(world.publish(BAD)).toBe(3);
    const { Items } = world.call('ListHostedConfigurationVersions', ids);
    expect(Items?.map(({ VersionNumber }) => VersionNumber)).toEqual([3, 1]);
    expect(
      world.refusal('CreateHostedConfigurationVersion', { ...ids, LatestVersionNumber: 1, ContentType: 'x' }),
    ).toBe('ConflictException');
  });

  it('go in order: a profile after its versions, and the application last', () => {
    const world = new AppConfigWorld();
    const profile = { ApplicationId: world.app, ConfigurationProfileId: world.profile };
    expect(world.refusal('DeleteConfigurationProfile', profile)).toBe('BadRequestException');
    expect(world.refusal('DeleteApplication', { ApplicationId: world.app })).toBe('BadRequestException');
    world.call('DeleteHostedConfigurationVersion', { ...profile, VersionNumber: 1 });
    world.call('DeleteConfigurationProfile', profile);
    world.call('DeleteEnvironment', world.ids);
    world.call('DeleteApplication', { ApplicationId: world.app });
    world.call('DeleteDeploymentStrategy', { DeploymentStrategyId: world.atOnce });
    expect(world.refusal('DeleteDeploymentStrategy', { DeploymentStrategyId: world.atOnce })).toBe(
      'ResourceNotFoundException',
    );
    expect(world.call('ListApplications', {}).Items).toEqual([]);
    expect(world.appconfig.tagged()).toEqual([]);
  });
});
