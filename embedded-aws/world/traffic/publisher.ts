import type { HostCounts } from '../elb/routing.ts';
import type { Metrics } from '../seams.ts';

/** The result of one request. `target`: the target's response time in seconds; null if no target answered. */
export interface Answer {
  /** HTTP status, and its source. */
  readonly status: 200 | 429 | 500 | 502 | 503 | 504;
  readonly targetSeconds: number | null;
}

/** Requests with equal answers, and their number. */
export interface Answers extends Answer {
  readonly count: number;
}

/** The node of a load balancer that received a request. */
export interface Node {
  /** ARN. */
  readonly loadBalancer: string;
  /** Its Availability Zone. */
  readonly zone: string;
}

type Dimensions = Readonly<Record<string, string>>;

interface Tally {
  readonly dimensions: Dimensions;
  readonly counts: Map<string, number>;
  /** Number of answers by response time in seconds. */
  readonly seconds: Map<number, number>;
}

/** The part of an ARN that CloudWatch uses as a dimension: `app/name/id`, `targetgroup/name/id`. */
const loadBalancerDimension = (arn: string): string => arn.split(':loadbalancer/')[1] ?? arn;
const targetGroupDimension = (arn: string): string => `targetgroup/${arn.split(':targetgroup/')[1] ?? arn}`;

/**
 * Returns whether the balancer is a Network Load Balancer. It counts connections, not requests, so only its host counts
 * are published here.
 */
const isNetwork = (loadBalancerArn: string): boolean => loadBalancerArn.includes(':loadbalancer/net/');

/** Requests from one node to one target group within the minute. */
interface Sent {
  readonly node: Node;
  readonly group: string | null;
  /** Number of answers by status. */
  readonly statuses: Map<Answer['status'], number>;
  readonly seconds: Map<number, number>;
}

/** By load balancer, zone and target group. */
type AllSent = Map<string, Map<string, Map<string | null, Sent>>>;

/**
 * Sums one minute of an Application Load Balancer's metrics and publishes them. They cover the load balancer, each of
 * its target groups, and each Availability Zone of both. The page does not define the zone; the zone of the receiving
 * node is assumed. Host counts by zone are not modelled.
 *
 * Zero values are not published. The page says of HTTPCode_Target_5XX_Count that it is reported if there are registered
 * targets. It also says that a metric without data is not reported. So a minute without a 5xx is assumed to have no
 * datapoint. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * Unknown: silent-5xx-count. Unknown: zone-of-balancer-metric.
 */
export class Publisher {
  readonly #metrics: Metrics;
  #sent: AllSent = new Map();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** Counts answers. `targetGroupArn` is null if no group could be chosen. */
  count(node: Node, targetGroupArn: string | null, { status, targetSeconds, count }: Answers): void {
    const byGroup = within(within(this.#sent, node.loadBalancer), node.zone);
    const sent = byGroup.get(targetGroupArn) ?? nothingSent(node, targetGroupArn);
    byGroup.set(targetGroupArn, sent);
    add(sent.statuses, status, count);
    if (targetSeconds !== null) add(sent.seconds, targetSeconds, count);
  }

  /** Publishes host counts, measured several times within the minute. */
  hosts(
    loadBalancerArn: string,
    targetGroupArn: string,
    { healthy, registered }: HostCounts,
    at: number,
  ): void {
    if (registered === 0) return;
    const dimensions = {
      TargetGroup: targetGroupDimension(targetGroupArn),
      LoadBalancer: loadBalancerDimension(loadBalancerArn),
    };
    const namespace = isNetwork(loadBalancerArn) ? 'AWS/NetworkELB' : 'AWS/ApplicationELB';
    const record = (name: string, value: number): void =>
      this.#metrics.record({ namespace, name, dimensions, value, unit: 'Count', at });
    record('HealthyHostCount', healthy);
    record('UnHealthyHostCount', registered - healthy);
  }

  /**
   * Ends the minute that began at `at`. Returns the functions that publish it: one for the nodes of each Availability
   * Zone, in the order of the zones.
   */
  close(at: number): readonly (() => void)[] {
    const sent = allIn(this.#sent);
    this.#sent = new Map();
    const zones = [...new Set(sent.map(({ node }) => node.zone))].toSorted();
    return zones.map((zone) => {
      const tallies = talliesOf(sent.filter(({ node }) => node.zone === zone));
      return () => {
        for (const tally of tallies) this.#publish(tally, at);
      };
    });
  }

  #publish({ dimensions, counts, seconds }: Tally, at: number): void {
    const common = { namespace: 'AWS/ApplicationELB', dimensions, at };
    for (const [name, value] of counts) this.#metrics.record({ ...common, name, value, unit: 'Count' });
    for (const [value, count] of seconds)
      this.#metrics.record({ ...common, name: 'TargetResponseTime', value, count, unit: 'Seconds' });
  }
}

function within<Key, Inner, Value>(outer: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  const inner = outer.get(key) ?? new Map<Inner, Value>();
  outer.set(key, inner);
  return inner;
}

function nothingSent(node: Node, group: string | null): Sent {
  return { node, group, statuses: new Map(), seconds: new Map() };
}

function allIn(all: AllSent): readonly Sent[] {
  return [...all.values()].flatMap((byZone) =>
    [...byZone.values()].flatMap((byGroup) => [...byGroup.values()]),
  );
}

/** Returns the tallies: each node's requests count for the node and for all nodes, with the group and without. */
function talliesOf(sent: readonly Sent[]): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  for (const each of sent.filter(({ node }) => !isNetwork(node.loadBalancer)))
    for (const dimensions of dimensionsOf(each)) {
      const key = Object.values(dimensions).join(' ');
      const tally = tallies.get(key) ?? { dimensions, counts: new Map(), seconds: new Map() };
      tallies.set(key, tally);
      addUp(tally, each);
    }
  return [...tallies.values()];
}

function dimensionsOf({ node: { loadBalancer, zone }, group }: Sent): readonly Dimensions[] {
  const LoadBalancer = loadBalancerDimension(loadBalancer);
  const each: Dimensions[] =
    group === null
      ? [{ LoadBalancer }]
      : [{ LoadBalancer }, { TargetGroup: targetGroupDimension(group), LoadBalancer }];
  const byZone = each.map((dimensions) => ({ ...dimensions, AvailabilityZone: zone }));
  return [...each, ...byZone];
}

function addUp({ counts, seconds }: Tally, sent: Sent): void {
  for (const [status, count] of sent.statuses) for (const name of metricsOf(status)) add(counts, name, count);
  for (const [each, count] of sent.seconds) add(seconds, each, count);
}

function add<Key>(tally: Map<Key, number>, key: Key, count: number): void {
  tally.set(key, (tally.get(key) ?? 0) + count);
}

/** Returns the metrics of a status. A request without a target is not in RequestCount. */
function metricsOf(status: Answer['status']): readonly string[] {
  switch (status) {
    case 200:
      return ['RequestCount', 'HTTPCode_Target_2XX_Count'];
    case 429:
      return ['RequestCount', 'HTTPCode_Target_4XX_Count'];
    case 500:
      return ['RequestCount', 'HTTPCode_Target_5XX_Count'];
    case 502:
      return [
        'RequestCount',
        'HTTPCode_ELB_5XX_Count',
        'HTTPCode_ELB_502_Count',
        'TargetConnectionErrorCount',
      ];
    case 504:
      return ['RequestCount', 'HTTPCode_ELB_5XX_Count', 'HTTPCode_ELB_504_Count'];
    case 503:
      return ['HTTPCode_ELB_5XX_Count', 'HTTPCode_ELB_503_Count'];
  }
}
