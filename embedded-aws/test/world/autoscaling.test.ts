import type { ActivitiesType } from '@aws-sdk/client-auto-scaling';
import type {
  DescribeInstancesResult,
  DescribeLaunchTemplateVersionsResult,
  GetConsoleOutputResult,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { AsgWorld, GOOD } from './asg-world.ts';

describe('instance refreshes of the embedded Auto Scaling', () => {
  let world: AsgWorld;

  beforeEach(async () => {
    world = new AsgWorld();
    world.create(world.version());
    await world.pass(120);
  });

  it('replaces every instance and then saves what it deployed', async () => {
    world.refresh(world.version());
    expect(await world.ended()).toMatchObject({ Status: 'Successful', PercentageComplete: 100 });
    expect(world.running()).toBe('2 2 2 2');
    expect(world.group().LaunchTemplate!.Version).toBe('2');
    expect(world.events).toEqual(['Started', 'Succeeded']);
  });

  it('ends an instance while it launches the next one, unless a highest percentage is given', async () => {
    world.refresh(world.version(), { MinHealthyPercentage: 100 });
    await world.pass(10);
    expect(world.running()).toBe('1 1 1');
  });

  it.each([
    [{ MinSize: 5, MaxSize: 1 }, 'Max bound, 1, must be greater than or equal to min bound, 5'],
    [{ MinSize: -1 }, 'must be greater than or equal to min bound, -1'],
    [{ MaxSize: 6, DesiredCapacity: 7 }, /^Desired capacity:7 must be between .* max size:6$/],
    [{ MinSize: 2, DesiredCapacity: 1 }, /^Desired capacity:1 must be between .* min size:2 /],
  ])('refuses the size %j and keeps the old one', (size, message) => {
    const sizeOf = ({ MinSize, MaxSize, DesiredCapacity }: ReturnType<AsgWorld['group']>) => [
      MinSize,
      MaxSize,
      DesiredCapacity,
    ];
    const before = sizeOf(world.group());
    expect(() => world.asg('UpdateAutoScalingGroup', size)).toThrow(message);
    expect(sizeOf(world.group())).toEqual(before);
  });

  it.each([
    ['1', 'true'],
    ['$Latest', 'false'],
    ['$Default', 'false'],
  ])('tells IAM whether version %s is a number, alone and in a policy', (Version, told) => {
    const specification = { LaunchTemplateId: world.template, Version };
    const policy = { LaunchTemplate: { LaunchTemplateSpecification: specification } };
    for (const given of [{ LaunchTemplate: specification }, { MixedInstancesPolicy: policy }]) {
      const input = { AutoScalingGroupName: world.name, ...given };
      const { UpdateAutoScalingGroup } = world.world.autoscaling.operations;
      const [asked] = UpdateAutoScalingGroup?.authorize(input as never) ?? [];
      expect(asked?.conditions).toEqual({ 'autoscaling:LaunchTemplateVersionSpecified': told });
    }
  });

  it('launches first where a highest percentage is given', async () => {
    world.refresh(world.version(), { MinHealthyPercentage: 100, MaxHealthyPercentage: 125 });
    await world.pass(10);
    expect(world.running()).toBe('1 1 1 1');
    expect(world.group().Instances).toHaveLength(5);
  });

  describe.each([
    ['that ends old instances first', {}],
    ['that launches new ones first', { MinHealthyPercentage: 100, MaxHealthyPercentage: 125 }],
  ])('a scale-in during a refresh %s', (_, preferences) => {
    it('to zero ends every instance, and the refresh succeeds', async () => {
      world.refresh(world.version(), preferences);
      await world.pass(150);
      expect(world.newest()).toMatchObject({ Status: 'InProgress' });
      world.asg('UpdateAutoScalingGroup', { MinSize: 0, DesiredCapacity: 0 });
      await world.pass(10);
      expect(world.running()).toBe('');
      const { StartTime, EndTime, Status } = await world.ended();
      expect(Status).toBe('Successful');
      expect(EndTime!.getTime() - StartTime!.getTime()).toBeLessThan(600_000);
      world.asg('SetDesiredCapacity', { DesiredCapacity: 2 });
      await world.pass(120);
      expect(world.running()).toBe('2 2');
    });

    it('ends the old instances before the new ones', async () => {
      world.refresh(world.version(), preferences);
      await world.pass(150);
      world.asg('UpdateAutoScalingGroup', { MinSize: 0, DesiredCapacity: 2 });
      expect(await world.ended()).toMatchObject({ Status: 'Successful' });
      await world.pass(60);
      expect(world.running()).toBe('2 2');
    });
  });

  it('rolls back what it deployed, and nothing else', async () => {
    const untouched = world.group().Instances!.map(({ InstanceId }) => InstanceId);
    world.refresh(world.version(), { MinHealthyPercentage: 75 });
    await world.pass(110);
    world.asg('RollbackInstanceRefresh');
    const { Status, RollbackDetails } = await world.ended();
    expect(Status).toBe('RollbackSuccessful');
    expect(RollbackDetails!.RollbackReason).toMatch(/Manual/);
    expect(world.running()).toBe('1 1 1 1');
    expect(
      world.group().Instances!.filter(({ InstanceId }) => untouched.includes(InstanceId)).length,
    ).toBeGreaterThan(0);
    expect(world.events).toEqual(['Started', 'Rollback Started', 'Rollback Succeeded']);
  });

  it.each([
    ['without a desired configuration', '1', undefined],
    ['of a group that follows $Latest', '$Latest', '1'],
    ['of a group whose image stands in a parameter', '2', '1'],
  ])('cannot be rolled back %s', (_, saved, desired) => {
    world.version({}, { ImageId: 'resolve:ssm:/image' });
    world.asg('UpdateAutoScalingGroup', { LaunchTemplate: world.choice(saved) });
    world.refresh(desired);
    expect(() => world.asg('RollbackInstanceRefresh')).toThrow(/cannot be rolled back/);
  });

  it('refuses a second refresh, and a rollback or cancellation of none', async () => {
    expect(() => world.asg('RollbackInstanceRefresh')).toThrow(/No in progress/);
    expect(() => world.asg('CancelInstanceRefresh')).toThrow(/No in progress/);
    world.refresh(world.version());
    expect(() => world.refresh('2')).toThrow(/already in progress/);
    await world.pass(10);
    expect(() => world.asg('UpdateAutoScalingGroup', { LaunchTemplate: world.choice('1') })).toThrow(
      /active instance refresh/,
    );
  });

  it('refuses to promise an automatic rollback that it could not keep', () => {
    expect(() => world.refresh(undefined, { AutoRollback: true })).toThrow(/AutoRollback/);
  });

  it('waits an hour for instances that are protected or in standby, and fails', async () => {
    const [id] = world.group().Instances!.map(({ InstanceId }) => InstanceId);
    world.asg('SetInstanceProtection', { InstanceIds: [id], ProtectedFromScaleIn: true });
    world.refresh(world.version(), { MinHealthyPercentage: 50 });
    await world.pass(1800);
    expect(world.newest()!.StatusReason).toMatch(/protected/);
    expect(await world.ended()).toMatchObject({ Status: 'Failed' });
  });

  it('waits an hour for new instances where none can be launched, and fails', async () => {
    const version = world.version();
    const image = world.world.ec2.source({ LaunchTemplateId: world.template }, version)!.imageId;
    world.call(world.world.ec2, 'DeregisterImage', { ImageId: image });
    world.refresh(version);
    await world.pass(3500);
    expect(world.newest()).toMatchObject({ Status: 'InProgress' });
    const { Status, StartTime, EndTime } = await world.ended();
    expect(Status).toBe('Failed');
    expect(EndTime!.getTime() - StartTime!.getTime()).toBeGreaterThanOrEqual(3_600_000);
  });

  it('holds at a checkpoint', async () => {
    world.refresh(world.version(), {
      MinHealthyPercentage: 75,
      CheckpointPercentages: [25, 100],
      CheckpointDelay: 1200,
    });
    await world.pass(900);
    expect(world.running()).toBe('1 1 1 2');
    expect(world.events).toContain('Checkpoint Reached');
    expect(await world.ended()).toMatchObject({ Status: 'Successful' });
  });

  it('bakes, and can still be rolled back then', async () => {
    world.refresh(world.version(), { MinHealthyPercentage: 50, BakeTime: 600 });
    await world.world.clock.run(
      () => world.newest()?.Status === 'Baking',
      world.world.clock.now() + 3_600_000,
    );
    expect(world.group().LaunchTemplate!.Version).toBe('1');
    world.asg('RollbackInstanceRefresh');
    expect(await world.ended()).toMatchObject({ Status: 'RollbackSuccessful' });
    expect(world.running()).toBe('1 1 1 1');
  });

  it('launches nothing while the image is missing', async () => {
    const image = world.world.ec2.source({ LaunchTemplateId: world.template }, '1')!.imageId;
    world.call(world.world.ec2, 'DeregisterImage', { ImageId: image });
    world.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await world.pass(120);
    expect(world.running()).toBe('1 1 1 1');
  });

  it('says in its activities why an instance was started, ended, or not launched', async () => {
    const causes = () => {
      const { Activities = [] } = world.asg<ActivitiesType>('DescribeScalingActivities');
      return Activities.map(({ Cause, StatusMessage }) => StatusMessage ?? Cause);
    };
    world.asg('UpdateAutoScalingGroup', { MinSize: 2, DesiredCapacity: 3 });
    await world.pass(4);
    expect(causes()[0]).toMatch(
      /^At \S+Z a user request update of AutoScalingGroup constraints to min: 2, max: \d+, desired: 3 changing the desired capacity from 4 to 3\. {2}At \S+Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 4 to 3\.$/,
    );
    world.asg('SetDesiredCapacity', { DesiredCapacity: 4 });
    await world.pass(4);
    expect(causes()[0]).toMatch(
      /explicitly set group desired capacity changing the desired capacity from 3 to 4\. /,
    );
    world.world.ec2.faults.set('m5.large', 'no capacity');
    world.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await world.pass(4);
    expect(causes()[0]).toMatch(
      /do not have sufficient m5\.large capacity .* Launching EC2 instance failed\.$/,
    );
    world.world.ec2.faults.set('m5.large', 'not authorized');
    await world.pass(60);
    expect(causes()[0]).toMatch(/^You are not authorized to perform this operation\./);
    world.world.ec2.faults.clear();
    await world.pass(180);
    expect(world.running()).toBe('1 1 1 1 1');
  });

  it('shows the console of an instance: at once on Nitro, otherwise what was posted', async () => {
    const read = (Latest: boolean, instance = world.group().Instances!.at(-1)!.InstanceId) => {
      const input = { InstanceId: instance, Latest };
      const { Output } = world.call<GetConsoleOutputResult>(world.world.ec2, 'GetConsoleOutput', input);
      return Buffer.from(Output!, 'base64').toString();
    };
    expect(read(true)).toBe('');
    world.asg('UpdateAutoScalingGroup', {
      LaunchTemplate: {
        LaunchTemplateId: world.template,
        Version: world.version({ logs: ['booting', 'failed'] }),
      },
      DesiredCapacity: 5,
    });
    await world.pass(4);
    expect(read(true)).toBe('');
    await world.pass(62);
    expect([read(true), read(false)]).toEqual(['booting\r\nfailed', '']);
    await world.pass(300);
    expect(read(false)).toBe('booting\r\nfailed');
    expect(() => read(true, 'i-0')).toThrow(/does not exist/);
  });

  it('cannot show the latest output of an instance that is not on Nitro', async () => {
    world.asg('UpdateAutoScalingGroup', {
      LaunchTemplate: {
        LaunchTemplateId: world.template,
        Version: world.version({}, { InstanceType: 'm4.large' }),
      },
      DesiredCapacity: 5,
    });
    await world.pass(4);
    const InstanceId = world.group().Instances!.at(-1)!.InstanceId;
    const ask = (Latest: boolean) => world.call(world.world.ec2, 'GetConsoleOutput', { InstanceId, Latest });
    expect(() => ask(true)).toThrow(/does not support Latest/);
    expect(ask(false)).toMatchObject({ InstanceId, Output: '' });
  });

  it('launches another instance for one that was terminated, or one less', () => {
    const [one, other] = world.group().Instances!.map(({ InstanceId }) => InstanceId);
    const terminate = (InstanceId: string | undefined, ShouldDecrementDesiredCapacity: boolean) =>
      world.asg('TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity });
    terminate(one, false);
    expect(world.group().DesiredCapacity).toBe(4);
    expect(() => terminate(other, true)).toThrow(/min-size=4/);
    world.asg('UpdateAutoScalingGroup', { MinSize: 2 });
    terminate(other, true);
    expect(world.group().DesiredCapacity).toBe(3);
    expect(world.running()).toBe('1 1');
    expect(() => terminate('i-0', false)).toThrow(/No managed instance/);
  });

  it('have ids of their own after their group is created again, and outlive those of the first', async () => {
    const ids = () => world.group().Instances!.map(({ InstanceId = '' }) => InstanceId);
    const first = ids();
    world.asg('DeleteAutoScalingGroup', { ForceDelete: true });
    world.create('1');
    await world.pass(600);
    expect(ids().filter((id) => first.includes(id))).toEqual([]);
    expect(ids().map((id) => world.world.autoscaling.answers({ id, port: 80 }))).not.toContain(null);
  });

  it('are shown by EC2 in pages, unless they are named by their ids', () => {
    const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: ['web'] }];
    const page = (input: object) =>
      world.call<DescribeInstancesResult>(world.world.ec2, 'DescribeInstances', input);
    const first = page({ Filters, MaxResults: 3 });
    const second = page({ Filters, MaxResults: 3, NextToken: first.NextToken });
    expect([first, second].map(({ Reservations }) => Reservations!.length)).toEqual([3, 1]);
    expect(second).not.toHaveProperty('NextToken');
    expect(new Set([...first.Reservations!, ...second.Reservations!])).toEqual(
      new Set(page({ Filters }).Reservations),
    );
    const InstanceIds = [world.group().Instances![0]!.InstanceId!];
    expect(() => page({ InstanceIds, MaxResults: 5 })).toThrow(/exclude each other/);
  });

  it("boots from the parameter's value at launch", async () => {
    const put = (Value: string) =>
      world.call(world.world.ssm, 'PutParameter', { Name: '/ami', Value, Type: 'String', Overwrite: true });
    const [good, bad] = [1, 2].map((at) => world.world.ec2.bake(`parameter-${at}`, GOOD));
    const images = () => {
      const Values = world.group().Instances!.map(({ InstanceId }) => InstanceId);
      const Filters = [{ Name: 'instance-id', Values }];
      const answer = world.call<DescribeInstancesResult>(world.world.ec2, 'DescribeInstances', { Filters });
      return answer.Reservations!.flatMap(({ Instances }) => Instances!.map(({ ImageId }) => ImageId));
    };
    put(good!);
    world.refresh(world.version({}, { ImageId: 'resolve:ssm:/ami' }));
    await world.ended();
    expect(new Set(images())).toEqual(new Set([good]));
    put(bad!);
    world.refresh('2');
    await world.ended();
    expect(new Set(images())).toEqual(new Set([bad]));
  });

  it('shows the image that a parameter names, if it is asked to, and by the version of the parameter', () => {
    const put = (Value: string) =>
      world.call(world.world.ssm, 'PutParameter', {
        Name: '/web/ami',
        Value,
        Type: 'String',
        Overwrite: true,
      });
    for (const value of ['ami-1', 'ami-2']) put(value);
    const named = '/web/ami:1';
    const arn = 'arn:aws:ssm:eu-west-1:111122223333:parameter/web/ami';
    const versions = ['/web/ami', named, '/gone', '/web/ami:7', arn].map((parameter) =>
      world.version({}, { ImageId: `resolve:ssm:${parameter}` }),
    );
    const images = (more: object) =>
      world
        .call<DescribeLaunchTemplateVersionsResult>(world.world.ec2, 'DescribeLaunchTemplateVersions', {
          LaunchTemplateId: world.template,
          Versions: versions,
          ...more,
        })
        .LaunchTemplateVersions!.map(({ LaunchTemplateData }) => LaunchTemplateData?.ImageId);
    expect(images({ ResolveAlias: true })).toEqual(['ami-2', 'ami-1', '', '', 'ami-2']);
    expect(images({})[0]).toBe('resolve:ssm:/web/ami');
  });

  it('shows instances to EC2 by their ids, each since it was launched', async () => {
    const before = world.world.clock.now();
    world.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await world.pass(4);
    const id = world.group().Instances!.at(-1)!.InstanceId!;
    const describe = (input: object) =>
      world.call<DescribeInstancesResult>(world.world.ec2, 'DescribeInstances', input).Reservations;
    const [shown] = describe({ Filters: [{ Name: 'instance-id', Values: [id, 'i-0'] }] })!;
    const [instance] = shown!.Instances!;
    expect(instance).toMatchObject({ InstanceId: id, State: { Name: 'pending' } });
    expect(instance!.LaunchTime!.getTime() - before).toBeLessThanOrEqual(4000);
    expect(describe({ InstanceIds: [id] })).toHaveLength(1);
    world.asg('TerminateInstanceInAutoScalingGroup', {
      InstanceId: id,
      ShouldDecrementDesiredCapacity: true,
    });
    await world.pass(120);
    const ofGroup = () =>
      describe({ Filters: [{ Name: 'tag:aws:autoscaling:groupName', Values: ['web'] }] })!;
    const [ended] = ofGroup().flatMap(({ Instances }) =>
      Instances!.filter(({ InstanceId }) => InstanceId === id),
    );
    expect(ended).toMatchObject({
      State: { Name: 'terminated' },
      Tags: expect.arrayContaining([{ Key: 'aws:ec2launchtemplate:version', Value: '1' }]) as object[],
    });
    await world.pass(3600);
    expect(ofGroup()).toHaveLength(4);
    expect(describe({ Filters: [{ Name: 'tag:aws:autoscaling:groupName', Values: ['api'] }] })).toEqual([]);
    expect(() => describe({ InstanceIds: ['i-0'] })).toThrow(/does not exist/);
    expect(() => describe({})).toThrow(/not modelled/);
    expect(() => describe({ Filters: [{ Name: 'tag:team', Values: ['web'] }] })).toThrow(
      /filter 'tag:team' is not modelled/,
    );
  });

  it('deletes a tag, unless another value than its own is given', () => {
    const of = (Key: string, Value?: string) => ({
      ResourceId: 'web',
      Key,
      ...(Value !== undefined && { Value }),
    });
    const keys = () => world.group().Tags!.map(({ Key }) => Key);
    world.asg('CreateOrUpdateTags', { Tags: [of('one', 'a'), of('two', 'b'), of('three', 'c')] });
    world.asg('DeleteTags', { Tags: [of('one'), of('two', 'b'), of('three', 'another')] });
    expect(keys()).not.toContain('one');
    expect(keys()).not.toContain('two');
    expect(keys()).toContain('three');
  });
});
