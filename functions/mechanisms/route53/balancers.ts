import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Balancer, Balancers } from './route53.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/** Binds the calls to a client for each Region: records may point anywhere. */
export function createBalancers(clientOf: (region: string) => Client): Balancers {
  return {
    named: async (dnsName, region) => {
      const client = clientOf(region);
      const arn = await find(client, dnsName);
      return arn === null ? null : lookBehind(client, arn);
    },
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html */
async function find(client: Client, dnsName: string): Promise<string | null> {
  let Marker: string | undefined;
  do {
    const page = await client.send(new DescribeLoadBalancersCommand(Marker === undefined ? {} : { Marker }));
    const found = page.LoadBalancers?.find(({ DNSName }) => DNSName?.toLowerCase() === dnsName.toLowerCase());
    if (found?.LoadBalancerArn !== undefined) return found.LoadBalancerArn;
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return null;
}

/** Groups without any target are left out: Route 53 passes over them too (API_AliasTarget, `EvaluateTargetHealth`). */
async function lookBehind(client: Client, LoadBalancerArn: string): Promise<Balancer> {
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  const arns = TargetGroups.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
  const groups = await Promise.all(arns.map((arn) => groupOf(client, arn)));
  return { groups: groups.flatMap((group) => group ?? []) };
}

async function groupOf(client: Client, arn: string): Promise<Balancer['groups'][number] | null> {
  const { TargetHealthDescriptions: targets = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  if (targets.length === 0) return null;
  const count = (state: string) => targets.filter(({ TargetHealth }) => TargetHealth?.State === state).length;
  return { arn, healthy: count('healthy'), registered: targets.length - count('draining') };
}
