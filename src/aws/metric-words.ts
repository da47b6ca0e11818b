import type { Meter } from '../rollback/plan.ts';

type Word = Meter['metric'];
type Words = Readonly<Record<string, Readonly<Record<string, Word>>>>;

/**
 * The AWS metrics for each word of a meter. HTTPCode_ELB_5XX_Count is left out, because it counts requests that no
 * target answered.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
const WORDS: Words = {
  'AWS/ApplicationELB': {
    RequestCount: 'requests',
    HTTPCode_Target_5XX_Count: 'errors',
    TargetResponseTime: 'latency',
    HealthyHostCount: 'healthyHosts',
  },
  'AWS/NetworkELB': { HealthyHostCount: 'healthyHosts' },
  'AWS/Lambda': { Invocations: 'requests', Errors: 'errors', Duration: 'latency' },
  'AWS/ApiGateway': { Count: 'requests', '5XXError': 'errors', '5xx': 'errors', Latency: 'latency' },
  'AWS/ECS': { CPUUtilization: 'cpu', MemoryUtilization: 'memory' },
  'AWS/EC2': { CPUUtilization: 'cpu' },
};

/** The statistic for each word. */
const STATS: Readonly<Record<Word, string>> = {
  requests: 'Sum',
  errors: 'Sum',
  latency: 'p95',
  cpu: 'Average',
  memory: 'Average',
  healthyHosts: 'Minimum',
};

/** Namespaces with latency in milliseconds. A meter has seconds. */
const IN_MILLISECONDS = ['AWS/Lambda', 'AWS/ApiGateway'];

/** A metric as CloudWatch names it. */
export interface NamedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Returns the meter for a metric, or null if no word of a meter fits it. */
export function meterOf({ namespace, name, dimensions }: NamedMetric): Meter | null {
  const metric = WORDS[namespace]?.[name];
  return metric === undefined ? null : { metric, namespace, name, stat: STATS[metric], dimensions };
}

/** Returns the factor that converts a metric's value to the meter's unit. */
export function toMeterUnit({ metric, namespace }: Pick<Meter, 'metric' | 'namespace'>): number {
  return metric === 'latency' && IN_MILLISECONDS.includes(namespace) ? 0.001 : 1;
}
