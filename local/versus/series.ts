import type { Dimension, ListMetricsOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Stage } from '../scenarios/stage.ts';

/** The metrics of one side of a deployment, or of all requests. */
export interface Series {
  readonly kind: 'balancer' | 'lambda';
  readonly dimensions: readonly Dimension[];
}

/** The metric that counts the requests of a series. */
const COUNTED = {
  balancer: { Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCount' },
  lambda: { Namespace: 'AWS/Lambda', MetricName: 'Invocations' },
} as const;

/** Returns the series that AWS publishes: load balancer, its target groups, alias, its versions. None by zone. */
export function seriesOf(stage: Stage): readonly Series[] {
  return (['balancer', 'lambda'] as const).flatMap((kind) => {
    const { Metrics = [] } = stage.call<ListMetricsOutput>('cloudwatch', 'ListMetrics', COUNTED[kind]);
    return Metrics.map(({ Dimensions = [] }) => ({ kind, dimensions: Dimensions })).filter(
      ({ dimensions }) => !dimensions.some(({ Name }) => Name === 'AvailabilityZone'),
    );
  });
}

/** Returns the queries for the share of errors in percent (`bad0`) and for the slowest answers in seconds (`slow0`). */
export function queriesOf(series: Series, place: number): readonly MetricDataQuery[] {
  return series.kind === 'balancer' ? ofBalancer(series, place) : ofLambda(series, place);
}

function ofBalancer({ dimensions }: Series, place: number): readonly MetricDataQuery[] {
  const of = queryOf('AWS/ApplicationELB', dimensions, place);
  const share = `100 * (FILL(target${place}, 0) + FILL(balancer${place}, 0)) / requests${place}`;
  return [
    of('target', 'HTTPCode_Target_5XX_Count', 'Sum'),
    of('balancer', 'HTTPCode_ELB_5XX_Count', 'Sum'),
    of('requests', 'RequestCount', 'Sum'),
    { Id: `bad${place}`, Expression: share, ReturnData: true },
    { ...of('slow', 'TargetResponseTime', 'p95'), ReturnData: true },
  ];
}

function ofLambda({ dimensions }: Series, place: number): readonly MetricDataQuery[] {
  const of = queryOf('AWS/Lambda', dimensions, place);
  return [
    of('errors', 'Errors', 'Sum'),
    of('invocations', 'Invocations', 'Sum'),
    of('duration', 'Duration', 'p95'),
    { Id: `bad${place}`, Expression: `100 * errors${place} / invocations${place}`, ReturnData: true },
    { Id: `slow${place}`, Expression: `duration${place} / 1000`, ReturnData: true },
  ];
}

function queryOf(Namespace: string, dimensions: readonly Dimension[], place: number) {
  return (id: string, MetricName: string, Stat: string): MetricDataQuery => ({
    Id: `${id}${place}`,
    ReturnData: false,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions: [...dimensions] }, Period: 60, Stat },
  });
}
