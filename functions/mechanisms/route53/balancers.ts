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
import { isNamed } from '../../../src/aws/errors.ts';
import {
  behindAll,
  createLaunchedReader,
  MAX_INSTANCES,
  type LaunchedReader,
} from '../../../src/aws/launched.ts';
import { bareName } from './capacity.ts';
import type { Balancer, BalancerName, Balancers } from './route53.ts';

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
    named: async (names) => {
      const regions = Map.groupBy(names, ({ region }) => region);
      const found = await Promise.all(
        [...regions].map(async ([region, of]) => [...(await lookBehind(clients(region), of))]),
      );
      const byName = new Map(found.flat());
      return names.map((name) => byName.get(name) ?? null);
    },
    running: async (region) => runningIn(clients(region)),
  };
}

/**
 * Reads the target groups of load balancers and skips those without targets, as Route 53 does (API_AliasTarget,
 * `EvaluateTargetHealth`). Reads what all their instances run at once.
 */
async function lookBehind(
  { elb, launched }: Regional,
  names: readonly BalancerName[],
): Promise<ReadonlyMap<BalancerName, Balancer>> {
  const arns = await arnsOf(elb, names);
  const looks = await Promise.all(
    names.map(async (name) => ({
      name,
      arn: arns.get(name),
      groups: await groupsBehind(elb, arns.get(name)),
    })),
  );
  const all = looks.flatMap(({ groups }) => groups ?? []);
  const ofEach = Math.floor(MAX_INSTANCES / Math.max(1, all.length));
  const ran = await launched.ofInstances(all.flatMap(({ instances }) => instances.slice(0, ofEach)));
  const found = looks.flatMap(({ name, arn, groups }) => {
    if (arn === undefined || groups === null) return [];
    const running = behindAll(
      groups.map((one) => one.arn),
      ran,
    );
    return [[name, { arn, running, groups: groups.flatMap(({ group }) => group ?? []) }] as const];
  });
  return new Map(found);
}

/**
 * Returns the ARNs of load balancers. Lists them only if one is not known, and no further than to the last of them:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
 */
async function arnsOf(
  client: ElasticLoadBalancingV2Client,
  names: readonly BalancerName[],
): Promise<ReadonlyMap<BalancerName, string>> {
  const found = new Map(names.flatMap((name) => (name.arn === null ? [] : [[name, name.arn] as const])));
  if (found.size === names.length) return found;
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {})) {
    const listed = new Map(LoadBalancers.map((one) => [one.DNSName?.toLowerCase(), one.LoadBalancerArn]));
    for (const name of names) {
      const arn = listed.get(name.dnsName.toLowerCase());
      if (arn !== undefined) found.set(name, arn);
    }
    if (found.size === names.length) break;
  }
  return found;
}

/** Null: there is no such load balancer. */
async function groupsBehind(
  client: ElasticLoadBalancingV2Client,
  LoadBalancerArn: string | undefined,
): Promise<readonly GroupNow[] | null> {
  if (LoadBalancerArn === undefined) return null;
  try {
    const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
    const arns = TargetGroups.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
    return await Promise.all(arns.map((arn) => lookAt(client, arn)));
  } catch (error) {
    if (isNamed(error, 'LoadBalancerNotFoundException', 'LoadBalancerNotFound')) return null;
    throw error;
  }
}

interface GroupNow {
  readonly arn: string;
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
    arn,
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
