import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { toGroup } from '../../../../functions/mechanisms/asg/from-aws.ts';

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

  it.each([
    [undefined, null],
    ['units', null],
    ['vcpu', expect.stringContaining('vcpu')],
    ['memory-mib', expect.stringContaining('memory-mib')],
  ])('whose capacity is in %s is unsupported: %s', (DesiredCapacityType, unsupported) => {
    expect(groupWith({ DesiredCapacityType }).unsupported).toEqual(unsupported);
  });
});
