import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  type DescribeTargetHealthInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from 'vitest';
import { createBalancers } from '../../../../functions/mechanisms/route53/balancers.ts';

const NAME = 'shop-1.eu-west-1.elb.amazonaws.com';

/** A load balancer with groups whose targets are in these states. */
function clientOf(groups: Readonly<Record<string, readonly string[]>>) {
  const send = (command: { readonly input: object }): Promise<object> => {
    if (command instanceof DescribeLoadBalancersCommand)
      return Promise.resolve({ LoadBalancers: [{ DNSName: NAME, LoadBalancerArn: 'shop' }] });
    if (command instanceof DescribeTargetGroupsCommand)
      return Promise.resolve({ TargetGroups: Object.keys(groups).map((arn) => ({ TargetGroupArn: arn })) });
    const { TargetGroupArn = '' } = command.input as DescribeTargetHealthInput;
    const states = groups[TargetGroupArn] ?? [];
    return Promise.resolve({
      TargetHealthDescriptions: states.map((State) => ({ TargetHealth: { State } })),
    });
  };
  return { send } as never;
}

test('a group without targets is left out, and one whose targets all drain is not', async () => {
  const client = clientOf({
    blue: ['healthy', 'unhealthy', 'draining'],
    leaving: ['draining', 'draining'],
    empty: [],
  });
  expect(await createBalancers(() => client).named(NAME, 'eu-west-1')).toEqual({
    groups: [
      { arn: 'blue', healthy: 1, registered: 2 },
      { arn: 'leaving', healthy: 0, registered: 0 },
    ],
  });
});
