import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Connect } from '../../../src/aws/client.ts';
import {
  behindAll,
  createLaunchedReader,
  MAX_INSTANCES,
  type LaunchedReader,
} from '../../../src/aws/launched.ts';
import { bareName } from './capacity.ts';
import type { Balancer, Balancers } from './route53.ts';

/** The clients of one Region. */
export interface Regional {
  readonly elb: ElasticLoadBalancingV2Client;
  readonly launched: LaunchedReader;
}

/** Returns the clients of a Region: a record may point to any. */
export function clientsOf(connect: Connect): (region: string) => Regional {
  return (region) => ({
    elb: connect(ElasticLoadBalancingV2Client, region),
    launched: createLaunchedReader(connect(AutoScalingClient, region)),
  });
}

export function createBalancers(clients: (region: string) => Regional): Balancers {
  return {
    named: async (dnsName, region) => {
      const regional = clients(region);
      const arn = await find(regional.elb, dnsName);
      return arn === null ? null : lookBehind(regional, arn);
    },
    running: async (region) => runningIn(clients(region)),
  };
}

/**
 * Finds a load balancer:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
 */
async function find(client: ElasticLoadBalancingV2Client, dnsName: string): Promise<string | null> {
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {})) {
    const found = LoadBalancers.find(({ DNSName }) => DNSName?.toLowerCase() === dnsName.toLowerCase());
    if (found?.LoadBalancerArn !== undefined) return found.LoadBalancerArn;
  }
  return null;
}

/**
 * Reads the target groups and skips those without targets, as Route 53 does (API_AliasTarget, `EvaluateTargetHealth`).
 */
async function lookBehind({ elb, launched }: Regional, LoadBalancerArn: string): Promise<Balancer> {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  const arns = TargetGroups.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
  const looks = await Promise.all(arns.map((arn) => lookAt(elb, arn)));
  const ofEach = Math.floor(MAX_INSTANCES / Math.max(1, arns.length));
  const instances = looks.flatMap((look) => look.instances.slice(0, ofEach));
  const running = behindAll(arns, await launched.ofInstances(instances));
  return { groups: looks.flatMap(({ group }) => group ?? []), running };
}

interface GroupNow {
  readonly group: Balancer['groups'][number] | null;
  readonly instances: readonly string[];
}

async function lookAt(client: Pick<ElasticLoadBalancingV2Client, 'send'>, arn: string): Promise<GroupNow> {
  const { TargetHealthDescriptions: all = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  const targets = all.filter(({ TargetHealth }) => TargetHealth?.State !== 'draining');
  const healthy = targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
  return {
    group: all.length === 0 ? null : { arn, healthy, registered: targets.length },
    instances: targets.flatMap(({ Target: { Id = '' } = {} }) => (Id.startsWith('i-') ? Id : [])),
  };
}

/**
 * Maps the DNS names of load balancers to what runs behind them, if AWS shows it. One call per page of each of three
 * lists.
 */
async function runningIn({ elb: client, launched }: Regional): Promise<ReadonlyMap<string, string>> {
  const [groups, fleets] = await Promise.all([groupsOf(client), launched.all()]);
  const found = new Map<string, string>();
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
    for (const { DNSName = '', LoadBalancerArn = '' } of LoadBalancers) {
      const running = behindAll(groups.get(LoadBalancerArn) ?? [], fleets);
      if (running !== null) found.set(bareName(DNSName), running);
    }
  return found;
}

/** Returns the ARNs of the target groups of each load balancer. */
async function groupsOf(
  client: ElasticLoadBalancingV2Client,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all: TargetGroup[] = [];
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client }, {}))
    all.push(...TargetGroups);
  const pairs = all.flatMap(({ TargetGroupArn: arn = '', LoadBalancerArns = [] }) =>
    LoadBalancerArns.map((balancer) => ({ balancer, arn })),
  );
  const grouped = Map.groupBy(pairs, ({ balancer }) => balancer);
  return new Map([...grouped].map(([balancer, of]) => [balancer, of.map(({ arn }) => arn)]));
}
