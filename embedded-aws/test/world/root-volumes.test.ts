import type { DescribeInstancesResult } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { AsgWorld, imagesOf } from './asg-world.ts';

const ARM = 'm7g.large';
const INTEL = 'm7i.large';

describe('root volumes of the embedded Auto Scaling', () => {
  let world: AsgWorld;
  let good: string;

  beforeEach(async () => {
    world = new AsgWorld();
    const version = world.version();
    good = world.image();
    world.create(version, { LaunchTemplate: undefined, ...world.mixed(version, { [ARM]: good }) });
    await world.pass(120);
  });

  const ids = () => world.group().Instances!.map(({ InstanceId }) => InstanceId);

  it('launches the image of the override, and shows it', () => {
    expect(imagesOf(world.group())).toEqual([good]);
    expect(world.group().Instances![0]!.InstanceType).toBe(ARM);
  });

  it('keeps the instances, and changes their images and what they answer, a batch at a time', async () => {
    const [before, bad] = [ids(), world.image({ errorRate: 1 })];
    world.replaceRoots(world.mixed('1', { [ARM]: bad }), { MinHealthyPercentage: 50 });
    await world.pass(20);
    const states = world.group().Instances!.map(({ LifecycleState }) => LifecycleState);
    expect(states.toSorted()).toEqual([
      'InService',
      'InService',
      'ReplacingRootVolume',
      'ReplacingRootVolume',
    ]);
    expect(await world.ended()).toMatchObject({ Status: 'Successful', Strategy: 'ReplaceRootVolume' });
    expect(ids()).toEqual(before);
    expect(imagesOf(world.group())).toEqual([bad]);
    expect(before.map((id) => world.world.autoscaling.answers({ id: id!, port: 80 })?.errorRate)).toEqual([
      1, 1, 1, 1,
    ]);
    expect(world.group().MixedInstancesPolicy!.LaunchTemplate!.Overrides![0]!.ImageId).toBe(bad);
  });

  it('keeps the image of the launch in EC2', async () => {
    world.replaceRoots(world.mixed('1', { [ARM]: world.image() }));
    await world.ended();
    const { Reservations = [] } = world.call<DescribeInstancesResult>(world.world.ec2, 'DescribeInstances', {
      Filters: [{ Name: 'tag:aws:autoscaling:groupName', Values: [world.name] }],
    });
    expect(new Set(Reservations.map(({ Instances }) => Instances![0]!.ImageId))).toEqual(new Set([good]));
  });

  it('replaces one at a time where the least percentage leaves no room', async () => {
    world.replaceRoots(world.mixed('1', { [ARM]: world.image() }), { MinHealthyPercentage: 100 });
    await world.pass(20);
    expect(world.running()).toBe('1 1 1');
  });

  it('rolls root volumes back as it replaced them, and keeps the instances', async () => {
    const before = ids();
    world.replaceRoots(world.mixed('1', { [ARM]: world.image({ errorRate: 1 }) }));
    await world.pass(200);
    expect(imagesOf(world.group())).toHaveLength(2);
    world.asg('RollbackInstanceRefresh');
    expect(await world.ended()).toMatchObject({ Status: 'RollbackSuccessful' });
    expect(imagesOf(world.group())).toEqual([good]);
    expect(ids()).toEqual(before);
  });

  it('skips instances that have the image, with skip matching', async () => {
    world.replaceRoots(world.mixed('1', { [ARM]: good }), { SkipMatching: true });
    await world.pass(5);
    expect(world.newest()).toMatchObject({ Status: 'Successful' });
  });

  it('ends an instance whose root volume cannot be replaced, and launches none from an image that is gone', async () => {
    const bad = world.image();
    world.replaceRoots(world.mixed('1', { [ARM]: bad }));
    await world.pass(5);
    world.call(world.world.ec2, 'DeregisterImage', { ImageId: bad });
    await world.pass(90);
    expect(world.running()).toBe('1 1 1');
  });

  it('replaces instances with another image by a rolling refresh too', async () => {
    const before = ids();
    const DesiredConfiguration = world.mixed('1', { [ARM]: world.image() });
    world.asg('StartInstanceRefresh', { DesiredConfiguration, Preferences: { SkipMatching: true } });
    await world.ended();
    expect(ids().some((id) => before.includes(id))).toBe(false);
    expect(imagesOf(world.group())).not.toContain(good);
  });

  it('launches each instance type with its own image, and none of another architecture', async () => {
    const [arm, intel] = [
      world.image({}, { architecture: 'arm64' }),
      world.image({}, { architecture: 'x86_64' }),
    ];
    const configuration = (one: string, other: string) => world.mixed('1', { [ARM]: one, [INTEL]: other });
    world.asg('UpdateAutoScalingGroup', configuration(arm, intel));
    world.asg('SetDesiredCapacity', { DesiredCapacity: 8 });
    await world.pass(90);
    const launched = world.group().Instances!.slice(4);
    const found = new Set(launched.map(({ InstanceType, ImageId }) => `${InstanceType} ${ImageId}`));
    expect(found).toEqual(new Set([`${INTEL} ${intel}`]));
    world.asg('UpdateAutoScalingGroup', configuration(intel, arm));
    world.asg('TerminateInstanceInAutoScalingGroup', {
      InstanceId: launched[0]!.InstanceId,
      ShouldDecrementDesiredCapacity: false,
    });
    await world.pass(60);
    expect(JSON.stringify(world.asg('DescribeScalingActivities'))).toMatch(
      /architecture 'x86_64' .* does not match/,
    );
  });

  it.each([
    ['no desired configuration', () => undefined, /desired configuration with a mixed instances policy/],
    [
      'a launch template alone',
      () => ({ LaunchTemplate: world.choice('1') }),
      /desired configuration with a mixed/,
    ],
    [
      'an override without an image',
      () => world.mixed('1', { [ARM]: good, [INTEL]: undefined }),
      /ImageId in every override/,
    ],
    ['no override', () => world.mixed('1', {}), /ImageId in every override/],
    [
      'several volumes',
      () => world.mixed('1', { [ARM]: world.image({}, { volumes: 2 }) }),
      /single root volume/,
    ],
    ['an unknown image', () => world.mixed('1', { [ARM]: 'ami-0123456789' }), /does not exist/],
    [
      'another version',
      () => world.mixed(world.version(), { [ARM]: good }),
      /match the launch template of the group/,
    ],
  ])('refuses to replace root volumes with %s', (_, desired, message) => {
    expect(() => {
      world.replaceRoots(desired());
    }).toThrow(message);
  });

  it('refuses a group without a policy', async () => {
    const other = new AsgWorld();
    other.create(other.version());
    await other.pass(120);
    expect(() => {
      other.replaceRoots(other.mixed('1', { [ARM]: other.image() }));
    }).toThrow(/with a mixed instances policy/);
  });
});
