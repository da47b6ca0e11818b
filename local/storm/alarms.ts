import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Ground } from './ground.ts';

/** Minutes in a row that must be bad. */
export const BAD_MINUTES = 2;

type Dimensions = Readonly<Record<string, string>>;

/** A metric, as an alarm names it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}

/** The metrics whose sums an alarm compares. */
export interface Watched {
  readonly errors: readonly Metric[];
  readonly requests: readonly Metric[];
}

/**
 * Puts an alarm on the share of failed requests: above five per cent for two minutes.
 * @param target named by the alarm's tag; absent where the dimensions name it
 */
export function putErrorAlarm(
  { call }: Pick<Ground, 'call'>,
  name: string,
  { errors, requests }: Watched,
  target?: string,
): void {
  const alarm: PutMetricAlarmInput = {
    AlarmName: name,
    ...{ EvaluationPeriods: BAD_MINUTES, DatapointsToAlarm: BAD_MINUTES, Threshold: 5 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' },
    Metrics: [
      {
        Id: 'share',
        Expression: `100 * (${sumOf('e', errors)}) / (${sumOf('r', requests)})`,
        ReturnData: true,
      },
      ...errors.map((metric, place) => queryOf(`e${place}`, metric)),
      ...requests.map((metric, place) => queryOf(`r${place}`, metric)),
    ],
    Tags: target === undefined ? [] : [{ Key: 'lastgood:target', Value: target }],
  };
  call('cloudwatch', 'PutMetricAlarm', alarm);
}

/** Returns the metrics of target groups behind a load balancer. */
export function behindBalancer(loadBalancer: string, targetGroups: readonly string[]): Watched {
  const metrics = (name: string) =>
    targetGroups.map((targetGroup) => ({
      ...{ namespace: 'AWS/ApplicationELB', name },
      dimensions: {
        LoadBalancer: loadBalancer.split(':loadbalancer/')[1] ?? '',
        TargetGroup: targetGroup.split(':').at(-1) ?? '',
      },
    }));
  return { errors: metrics('HTTPCode_Target_5XX_Count'), requests: metrics('RequestCount') };
}

/** A metric without a datapoint counts as zero: a group without users has none. */
function sumOf(prefix: string, metrics: readonly Metric[]): string {
  return metrics.map((_, place) => `FILL(${prefix}${place}, 0)`).join(' + ');
}

function queryOf(Id: string, { namespace, name, dimensions }: Metric): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    ...{ Id, ReturnData: false },
    MetricStat: { Metric: { Namespace: namespace, MetricName: name, Dimensions }, Period: 60, Stat: 'Sum' },
  };
}
