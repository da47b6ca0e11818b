import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { toGroup } from '../../../../functions/mechanisms/asg/from-aws.ts';
import { idOf } from '../../../../functions/mechanisms/asg/revision.ts';

const groupWith = (more: Partial<AutoScalingGroup>) =>
  toGroup({
    AutoScalingGroupName: 'web',
    LaunchTemplate: { LaunchTemplateId: 'lt-0a1b2c3d4e5f60718', Version: '1' },
    ...more,
  } as AutoScalingGroup);

describe('a group as AWS describes it', () => {
  it('has instances that count their weight, or one', () => {
    const instance = { InstanceId: 'i-1', LifecycleState: 'InService' as const };
    const Instances = [{ ...instance, WeightedCapacity: '3' }, instance] as AutoScalingGroup['Instances'];
    expect(groupWith({ Instances }).instances.map(({ units }) => units)).toEqual([3, 1]);
  });

  const policy = (...images: readonly (string | undefined)[]) => ({
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateId: 'lt-0a1b2c3d4e5f60718', Version: '7' },
      Overrides: images.map((ImageId, at) => ({ InstanceType: `m${at}.large` as 'm7g.large', ImageId })),
    },
  });

  it('has the images of its instance types in its revision, each once and sorted', () => {
    const { saved, unsupported } = groupWith({ MixedInstancesPolicy: policy('ami-0b', 'ami-0a', 'ami-0b') });
    expect(idOf(saved!)).toBe('lt-0a1b2c3d4e5f60718/7@ami-0a+ami-0b');
    expect(unsupported).toBeNull();
  });

  it('keeps the plain revision where instance types have no images of their own', () => {
    const { saved } = groupWith({ MixedInstancesPolicy: policy(undefined, undefined) });
    expect(idOf(saved!)).toBe('lt-0a1b2c3d4e5f60718/7');
  });

  it.each([
    [policy('ami-0a', undefined), /only some of its instance types name an image/],
    [policy('resolve:ssm:/web/ami'), /in another way than by their ids/],
    [
      { LaunchTemplate: { Overrides: [{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1' } }] } },
      /launch templates of their own/,
    ],
  ])('is unsupported where the overrides do not determine what runs', (MixedInstancesPolicy, why) => {
    expect(groupWith({ MixedInstancesPolicy }).unsupported).toMatch(why);
  });

  it.each([
    [undefined, null],
    ['units', null],
    ['vcpu', expect.stringContaining('vcpu')],
    ['memory-mib', expect.stringContaining('memory-mib')],
  ])('whose capacity is in %s is unsupported: %s', (DesiredCapacityType, unsupported) => {
    expect(groupWith({ DesiredCapacityType }).unsupported).toEqual(unsupported);
  });
});
