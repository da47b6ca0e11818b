/**
 * Prices in US dollars an hour, on demand, in us-east-1, without free tiers and taxes. Other Regions differ by some
 * tenths. Fargate (Linux, x86): https://aws.amazon.com/fargate/pricing/ Load balancers:
 * https://aws.amazon.com/elasticloadbalancing/pricing/ Instances: https://aws.amazon.com/ec2/pricing/on-demand/ Public
 * addresses: https://aws.amazon.com/vpc/pricing/ Volumes: https://aws.amazon.com/ebs/pricing/ Alarms:
 * https://aws.amazon.com/cloudwatch/pricing/ VPC Lattice: https://aws.amazon.com/vpc/lattice/pricing/
 * REST APIs: https://aws.amazon.com/api-gateway/pricing/
 */
export const PRICED_AT =
  'us-east-1, 2026, from the price pages of AWS that scripts/verify-on-aws/prices.ts names';

const HOURS_A_MONTH = 730;

/** One thing that is paid by the hour, or once. */
export interface Priced {
  readonly what: string;
  readonly anHour: number;
  /** However long it runs. */
  readonly once?: number;
}

/** A Fargate task of a quarter vCPU and half a GB, with a public address. */
export function fargateTasks(count: number): Priced {
  const [vcpu, gigabyte, address] = [0.04048, 0.004445, 0.005];
  return { what: `${count} Fargate tasks`, anHour: count * (vcpu / 4 + gigabyte / 2 + address) };
}

/** A load balancer in two zones, with one capacity unit and two public addresses. */
export const LOAD_BALANCER: Priced = { what: 'load balancer', anHour: 0.0225 + 0.008 + 2 * 0.005 };

/** An instance of the type t4g.nano, with a volume of 8 GB and a public address. */
export function instances(count: number): Priced {
  return { what: `${count} instances`, anHour: count * (0.0042 + (8 * 0.08) / HOURS_A_MONTH + 0.005) };
}

/** A service of VPC Lattice. Up to 300,000 requests an hour are free. */
export const LATTICE_SERVICE: Priced = { what: 'service of VPC Lattice', anHour: 0.025 };

/** Users of a stage: five requests a second, of which a million cost 3.50. */
export function restRequests(): Priced {
  return { what: 'requests of the REST API', anHour: 5 * 3600 * 0.000_003_5 };
}

/**
 * Minutes of actions in a pipeline of the type V2, at 0.002 each. Its four executions run actions for about ten minutes.
 * https://aws.amazon.com/codepipeline/pricing/
 */
export const ACTION_MINUTES: Priced = { what: 'action minutes', anHour: 0, once: 10 * 0.002 };

/** An alarm over this many metrics. */
export function alarm(metrics: number): Priced {
  return { what: 'alarm', anHour: (metrics * 0.1) / HOURS_A_MONTH };
}

/** Metrics that an application publishes of itself. */
export function metrics(count: number): Priced {
  return { what: `${count} metrics of its own`, anHour: (count * 0.3) / HOURS_A_MONTH };
}

/** A state machine's rollback and the functions' runs. Lastgood's own idle costs are not counted. */
export const A_ROLLBACK = 0.01;

/** A million invocations cost 0.20, and half a second of 128 MB about as much again. */
export const AN_INVOCATION = 0.0000013;
