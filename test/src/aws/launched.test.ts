import { AutoScalingClient, type AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import { behind, behindAll, createLaunchedReader, type Launched } from '../../../src/aws/launched.ts';

const BLUE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/6d0ecf831eec9f09';
const GREEN = BLUE.replaceAll('blue', 'green');

function groupOf(name: string, versions: readonly string[], more: Partial<AutoScalingGroup> = {}) {
  const Instances = versions.map((Version, index) => ({
    InstanceId: `i-${name}${index}`,
    LifecycleState: 'InService',
    LaunchTemplate: { LaunchTemplateId: `lt-${name}`, Version },
  }));
  return { AutoScalingGroupName: name, TargetGroupARNs: [BLUE], Instances, ...more };
}

/** Makes an Amazon EC2 Auto Scaling with these groups, two per page. */
function readerOf(groups: readonly object[]) {
  const calls: string[] = [];
  const all = groups as readonly (ReturnType<typeof groupOf> & { AutoScalingGroupName: string })[];
  const send = (command: { readonly input: object }): Promise<object> => {
    calls.push(command.constructor.name.replace('Command', ''));
    const { InstanceIds, AutoScalingGroupNames, NextToken = '0' } = command.input as Record<string, never>;
    const ids = InstanceIds as unknown as readonly string[] | undefined;
    if (ids !== undefined) {
      if (ids.length > 50) throw new Error('too many');
      const found = all.flatMap(({ AutoScalingGroupName, Instances }) =>
        (Instances ?? [])
          .filter(({ InstanceId = '' }) => ids.includes(InstanceId))
          .map(() => ({ AutoScalingGroupName })),
      );
      return Promise.resolve({ AutoScalingInstances: found });
    }
    const names = AutoScalingGroupNames as unknown as readonly string[] | undefined;
    const named = all.filter(({ AutoScalingGroupName }) => names?.includes(AutoScalingGroupName) ?? true);
    const from = Number(NextToken);
    const next = from + 2 < named.length ? { NextToken: String(from + 2) } : {};
    return Promise.resolve({ AutoScalingGroups: named.slice(from, from + 2), ...next });
  };
  return { calls, reader: createLaunchedReader(Object.assign(new AutoScalingClient(), { send })) };
}

describe('the launch sources', () => {
  test('are read of every group, one call per page', async () => {
    const groups = ['a', 'b', 'c'].map((name) => groupOf(name, ['1', '1', '2']));
    const { reader, calls } = readerOf(groups);
    expect(await reader.all()).toEqual(
      ['a', 'b', 'c'].map((name) => ({ targetGroups: [BLUE], from: [`lt-${name}:1`, `lt-${name}:2`] })),
    );
    expect(calls).toEqual(['DescribeAutoScalingGroups', 'DescribeAutoScalingGroups']);
  });

  test('are read of the groups of some instances, in two calls', async () => {
    const { reader, calls } = readerOf([groupOf('a', ['1']), groupOf('b', ['2'])]);
    const ids = ['i-b0', ...Array<string>(60).fill('i-other')];
    expect(await reader.ofInstances(ids)).toEqual([{ targetGroups: [BLUE], from: ['lt-b:2'] }]);
    expect(calls).toEqual(['DescribeAutoScalingInstances', 'DescribeAutoScalingGroups']);
  });

  test('are none if no instance belongs to a group, and cost no call without instances', async () => {
    const { reader, calls } = readerOf([groupOf('a', ['1'])]);
    expect(await reader.ofInstances(['i-other'])).toEqual([]);
    expect(await reader.ofInstances([])).toEqual([]);
    expect(calls).toEqual(['DescribeAutoScalingInstances']);
  });

  test('are those of the instances in service, also by launch configuration and replaced image', async () => {
    const Instances = [
      {
        InstanceId: 'i-1',
        LifecycleState: 'Pending',
        LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '9' },
      },
      { InstanceId: 'i-2', LifecycleState: 'InService', LaunchConfigurationName: 'web-1' },
      {
        InstanceId: 'i-3',
        LifecycleState: 'InService',
        LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
        ImageId: 'ami-7',
      },
    ];
    const { reader } = readerOf([groupOf('a', [], { Instances } as never)]);
    expect(await reader.all()).toEqual([{ targetGroups: [BLUE], from: ['web-1', 'lt-1:1 ami-7'] }]);
  });
});

describe('the fingerprint of a target group', () => {
  const launched = (targetGroup: string, ...from: readonly string[]): Launched => ({
    targetGroups: [targetGroup],
    from,
  });

  test('is the same for the same versions, for any group and instance', () => {
    const one = behind(BLUE, [launched(BLUE, 'lt-1:1', 'lt-1:2')]);
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(behind(BLUE, [launched(BLUE, 'lt-1:2'), launched(BLUE, 'lt-1:1', 'lt-1:2')])).toBe(one);
    expect(behind(BLUE, [launched(BLUE, 'lt-1:2')])).not.toBe(one);
  });

  test('is not known if no group is attached, or none of its instances is in service', () => {
    expect(behind(BLUE, [launched(GREEN, 'lt-1:1')])).toBeNull();
    expect(behind(BLUE, [launched(BLUE)])).toBeNull();
  });

  test('of several groups is known if it is known of each', () => {
    const both = [launched(BLUE, 'lt-1:1'), launched(GREEN, 'lt-2:1')];
    expect(behindAll([BLUE, GREEN], both)).toMatch(/^[0-9a-f]{12}$/);
    expect(behindAll([BLUE, GREEN], [launched(BLUE, 'lt-1:1')])).toBeNull();
    expect(behindAll([], both)).toBeNull();
  });
});
