import { AutoScalingClient, DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type DescribeTargetHealthInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from 'vitest';
import { createBalancers } from '../../../../functions/mechanisms/route53/balancers.ts';
import { createLaunchedReader } from '../../../../src/aws/launched.ts';

const NAME = 'Shop-1.eu-west-1.elb.amazonaws.com';
const SHOP = { dnsName: NAME, region: 'eu-west-1', arn: null };

/** Creates a load balancer with groups whose targets are in these states; each target is an instance. */
function elbOf(groups: Readonly<Record<string, readonly string[]>>) {
  const send = (command: { readonly input: object }): Promise<object> => {
    if (command instanceof DescribeLoadBalancersCommand)
      return Promise.resolve({ LoadBalancers: [{ DNSName: NAME, LoadBalancerArn: 'shop' }] });
    if (command instanceof DescribeTargetGroupsCommand)
      return Promise.resolve({
        TargetGroups: Object.keys(groups).map((arn) => ({ TargetGroupArn: arn, LoadBalancerArns: ['shop'] })),
      });
    const { TargetGroupArn = '' } = command.input as DescribeTargetHealthInput;
    const states = groups[TargetGroupArn] ?? [];
    return Promise.resolve({
      TargetHealthDescriptions: states.map((State) => ({
        Target: { Id: `i-${TargetGroupArn}` },
        TargetHealth: { State },
      })),
    });
  };
  return Object.assign(new ElasticLoadBalancingV2Client(), { send }) as never;
}

/** Returns Auto Scaling groups by the target group before them, and the version of their instances. */
function autoscalingOf(versions: Readonly<Record<string, string>>) {
  const send = (command: { readonly input: object }): Promise<object> =>
    command instanceof DescribeAutoScalingInstancesCommand
      ? Promise.resolve({ AutoScalingInstances: [{ AutoScalingGroupName: 'shop' }] })
      : Promise.resolve({
          AutoScalingGroups: Object.entries(versions).map(([arn, Version]) => ({
            TargetGroupARNs: [arn],
            Instances: [
              { LifecycleState: 'InService', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version } },
            ],
          })),
        });
  return createLaunchedReader(Object.assign(new AutoScalingClient(), { send }));
}

const balancersOf = (
  groups: Readonly<Record<string, readonly string[]>>,
  versions: Readonly<Record<string, string>> = {},
) => createBalancers(() => ({ elb: elbOf(groups), launched: autoscalingOf(versions) }));

test('a group without targets is skipped, and one whose targets all drain is not', async () => {
  const balancers = balancersOf({
    blue: ['healthy', 'unhealthy', 'draining'],
    leaving: ['draining', 'draining'],
    empty: [],
  });
  const [found] = await balancers.named([SHOP]);
  expect(found).toEqual({
    arn: 'shop',
    running: null,
    groups: [
      { arn: 'blue', healthy: 1, registered: 2 },
      { arn: 'leaving', healthy: 0, registered: 0 },
    ],
  });
});

test('one whose ARN is known is not listed again, and one that is gone is null', async () => {
  const asked: string[] = [];
  const elb = elbOf({ blue: ['healthy'] });
  const send = (command: { readonly input: { readonly LoadBalancerArn?: string } }): Promise<object> => {
    asked.push(command.constructor.name);
    if (command.input.LoadBalancerArn === 'gone')
      return Promise.reject(Object.assign(new Error('gone'), { name: 'LoadBalancerNotFoundException' }));
    return (elb as { send: (command: unknown) => Promise<object> }).send(command);
  };
  const client = Object.assign(new ElasticLoadBalancingV2Client(), { send }) as never;
  const balancers = createBalancers(() => ({ elb: client, launched: autoscalingOf({}) }));
  const other = { ...SHOP, dnsName: 'other-1.eu-west-1.elb.amazonaws.com', arn: 'gone' };
  expect(await balancers.named([other, { ...SHOP, arn: 'shop' }])).toEqual([
    null,
    { arn: 'shop', running: null, groups: [{ arn: 'blue', healthy: 1, registered: 1 }] },
  ]);
  expect(asked).not.toContain('DescribeLoadBalancersCommand');
});

describe('what runs behind a load balancer', () => {
  const here = { blue: ['healthy'], api: ['healthy'] };
  const running = async (versions: Readonly<Record<string, string>>) =>
    (await balancersOf(here, versions).named([SHOP]))[0]?.running;

  test('changes if one group runs another version', async () => {
    const first = await running({ blue: '1', api: '1' });
    expect(first).toMatch(/^[0-9a-f]{12}$/);
    expect(await running({ blue: '1', api: '1' })).toBe(first);
    expect(await running({ blue: '2', api: '1' })).not.toBe(first);
  });

  test('is unknown if one group does not show it', async () => {
    expect(await running({ blue: '1' })).toBeNull();
  });

  test('is the same in the list of all and by name', async () => {
    const versions = { blue: '1', api: '2' };
    const all = await balancersOf(here, versions).running('eu-west-1');
    expect([...all]).toEqual([[NAME.toLowerCase(), await running(versions)]]);
  });

  test('is not in the list if it is unknown', async () => {
    expect([...(await balancersOf(here, { api: '2' }).running('eu-west-1'))]).toEqual([]);
  });
});
