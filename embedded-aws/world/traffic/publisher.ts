import type { HostCounts } from '../elb/routing.ts';
import type { Metrics } from '../seams.ts';

/** What happened to one request. `target`: seconds that the target took to answer; null: no target answered. */
export interface Answer {
  /** HTTP status, and who gave it. */
  readonly status: 200 | 500 | 502 | 503 | 504;
  readonly targetSeconds: number | null;
}

/** Requests that were answered alike, and how many. */
export interface Answers extends Answer {
  readonly count: number;
}

/** The node of a load balancer that took a request. */
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
  /** How many answers took how many seconds. */
  readonly seconds: Map<number, number>;
}

/** The part of an ARN that CloudWatch uses as a dimension: `app/name/id`, `targetgroup/name/id`. */
const loadBalancerDimension = (arn: string): string => arn.split(':loadbalancer/')[1] ?? arn;
const targetGroupDimension = (arn: string): string => `targetgroup/${arn.split(':targetgroup/')[1] ?? arn}`;

/** A Network Load Balancer sees connections and no requests: only its host counts are published here. */
const isNetwork = (loadBalancerArn: string): boolean => loadBalancerArn.includes(':loadbalancer/net/');

/** Requests are counted by load balancer, zone and target group. */
type Counting = Map<string, Map<string, Map<string | null, readonly Tally[]>>>;

/**
 * Adds up one minute of an Application Load Balancer's metrics and publishes them, for the load balancer and for each
 * of its target groups, and for each Availability Zone of both. The page does not say whose zone it is: taken to be that
 * of the node which took the request. Host counts by zone are not modelled.
 *
 * What is zero is not published. Of HTTPCode_Target_5XX_Count the page says that it is reported where there are registered
 * targets, and in general that a metric without data is not reported: a minute without a 5xx is taken to have no datapoint.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export class Publisher {
  readonly #metrics: Metrics;
  #tallies = new Map<string, Tally>();
  /** The tallies that a request counts in: found once a minute, because requests are many. */
  #counting: Counting = new Map();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** `targetGroupArn` is null where no group could be chosen. */
  count(node: Node, targetGroupArn: string | null, answers: Answers): void {
    if (isNetwork(node.loadBalancer)) return;
    const byZone = within(this.#counting, node.loadBalancer);
    const byGroup = within(byZone, node.zone);
    const tallies = byGroup.get(targetGroupArn) ?? this.#talliesOf(node, targetGroupArn);
    byGroup.set(targetGroupArn, tallies);
    for (const tally of tallies) addUp(tally, answers);
  }

  /** Host counts are measured now and then within the minute; each measurement is published. */
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

  /** Ends the minute that began at `at`, and gives what publishes it. */
  close(at: number): () => void {
    const tallies = [...this.#tallies.values()];
    this.#tallies = new Map();
    this.#counting = new Map();
    return () => {
      for (const tally of tallies) this.#publish(tally, at);
    };
  }

  #talliesOf({ loadBalancer, zone }: Node, targetGroupArn: string | null): readonly Tally[] {
    const LoadBalancer = loadBalancerDimension(loadBalancer);
    const each: Dimensions[] =
      targetGroupArn === null
        ? [{ LoadBalancer }]
        : [{ LoadBalancer }, { TargetGroup: targetGroupDimension(targetGroupArn), LoadBalancer }];
    const byZone = each.map((dimensions) => ({ ...dimensions, AvailabilityZone: zone }));
    return [...each, ...byZone].map((dimensions) => this.#tally(dimensions));
  }

  #tally(dimensions: Dimensions): Tally {
    const key = Object.values(dimensions).join(' ');
    const tally = this.#tallies.get(key) ?? { dimensions, counts: new Map(), seconds: new Map() };
    this.#tallies.set(key, tally);
    return tally;
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

function addUp({ counts, seconds }: Tally, { status, targetSeconds, count }: Answers): void {
  for (const name of metricsOf(status)) add(counts, name, count);
  if (targetSeconds !== null) add(seconds, targetSeconds, count);
}

function add<Key>(tally: Map<Key, number>, key: Key, count: number): void {
  tally.set(key, (tally.get(key) ?? 0) + count);
}

/** A request for which no target could be chosen is not in RequestCount. */
function metricsOf(status: Answer['status']): readonly string[] {
  switch (status) {
    case 200:
      return ['RequestCount', 'HTTPCode_Target_2XX_Count'];
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
