import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Stage } from '../scenarios/stage.ts';
import type { Settings } from './story.ts';

/** A metric, as an alarm names it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The metrics of a target that its alarms watch. */
export interface Watched {
  readonly errors: readonly Metric[];
  readonly requests: readonly Metric[];
  /** Unhealthy targets, for each group. Absent: the kind has no groups. */
  readonly unhealthy?: readonly Metric[];
  /** In seconds. Absent: the kind has none. */
  readonly latency?: Metric;
  /** The limit of latency in the metric's own unit. */
  readonly slowFrom?: number;
}

const PERCENT = 5;
/** Requests a minute on the world's listeners are some thousands. */
const ERRORS_A_MINUTE = 30;

/**
 * Puts the alarms of a target as its settings say. Returns the names of those that call Lastgood, the one on errors
 * first.
 * @param target named by the alarms' tag; null where the dimensions name it
 */
export function putAlarms(
  stage: Stage,
  { alarm, slowness }: Settings,
  watched: Watched,
  target: string | null,
): readonly string[] {
  const tags = target === null ? [] : [{ Key: 'lastgood:target', Value: target }];
  const common = {
    EvaluationPeriods: alarm.minutes,
    DatapointsToAlarm: alarm.minutes,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: alarm.missing,
    Tags: alarm.composite ? [] : tags,
  } satisfies Partial<PutMetricAlarmInput>;
  const errors = watchingOf(alarm.on, watched);
  const EvaluationPeriods = alarm.minutes + (errors.Metrics === undefined ? 0 : 1);
  stage.call('cloudwatch', 'PutMetricAlarm', {
    ...common,
    ...errors,
    EvaluationPeriods,
    AlarmName: 'errors',
  });
  const names = alarm.composite ? putComposite(stage, tags) : ['errors'];
  return slowness && watched.latency !== undefined
    ? [...names, putLatency(stage, { ...common, Tags: tags }, watched.latency, watched.slowFrom ?? 0.5)]
    : names;
}

function watchingOf(on: Settings['alarm']['on'], watched: Watched): Partial<PutMetricAlarmInput> {
  if (on === 'unhealthy' && watched.unhealthy !== undefined) return summing(watched.unhealthy, 0, 'Maximum');
  if (on === 'band') return beyondBand(watched.errors);
  return on === 'share' ? sharing(watched) : counting(watched);
}

function sharing({ errors, requests }: Watched): Partial<PutMetricAlarmInput> {
  return {
    Threshold: PERCENT,
    Metrics: [
      {
        Id: 'share',
        Expression: `100 * (${sumOf('e', errors)}) / (${sumOf('r', requests)})`,
        ReturnData: true,
      },
      ...errors.map((metric, place) => queryOf(`e${place}`, metric)),
      ...requests.map((metric, place) => queryOf(`r${place}`, metric)),
    ],
  };
}

function counting({ errors }: Watched): Partial<PutMetricAlarmInput> {
  const [only, another] = errors;
  if (only !== undefined && another === undefined) {
    return {
      ...{ Namespace: only.namespace, MetricName: only.name, Dimensions: dimensionsOf(only) },
      ...{ Statistic: 'Sum', Period: 60, Threshold: ERRORS_A_MINUTE },
    };
  }
  return summing(errors, ERRORS_A_MINUTE);
}

function summing(metrics: readonly Metric[], Threshold: number, stat = 'Sum'): Partial<PutMetricAlarmInput> {
  return {
    Threshold,
    Metrics: [
      { Id: 'count', Expression: sumOf('m', metrics), ReturnData: true },
      ...metrics.map((metric, place) => queryOf(`m${place}`, metric, stat)),
    ],
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html */
function beyondBand(errors: readonly Metric[]): Partial<PutMetricAlarmInput> {
  const { Metrics = [] } = summing(errors, 0);
  const band = { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(count, 4)', ReturnData: true };
  return {
    ...{ ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 'band' },
    Metrics: [...Metrics, band],
  };
}

function putComposite(stage: Stage, Tags: PutMetricAlarmInput['Tags']): readonly string[] {
  stage.call('cloudwatch', 'PutCompositeAlarm', {
    ...{ AlarmName: 'service', AlarmRule: 'ALARM("errors")', Tags },
  });
  return ['service'];
}

function putLatency(
  stage: Stage,
  common: Partial<PutMetricAlarmInput>,
  latency: Metric,
  Threshold: number,
): string {
  stage.call('cloudwatch', 'PutMetricAlarm', {
    ...common,
    ...{ AlarmName: 'latency', Namespace: latency.namespace, MetricName: latency.name },
    ...{ Dimensions: dimensionsOf(latency), Period: 60, Statistic: 'Average', Threshold },
  });
  return 'latency';
}

/**
 * A metric without a datapoint counts as zero: a group without users has none. So does the newest minute, which comes
 * late, so that AWS advises M out of N datapoints:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
function sumOf(prefix: string, metrics: readonly Metric[]): string {
  return metrics.map((_, place) => `FILL(${prefix}${place}, 0)`).join(' + ');
}

function queryOf(Id: string, metric: Metric, Stat = 'Sum'): MetricDataQuery {
  const { namespace: Namespace, name: MetricName } = metric;
  const Metric = { Namespace, MetricName, Dimensions: dimensionsOf(metric) };
  return { Id, ReturnData: false, MetricStat: { Metric, Period: 60, Stat } };
}

function dimensionsOf({ dimensions }: Metric): { Name: string; Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** Returns the metrics of target groups behind a load balancer. */
export function behindBalancer(loadBalancer: string, targetGroups: readonly string[]): Watched {
  const LoadBalancer = loadBalancer.split(':loadbalancer/')[1] ?? '';
  const namespace = 'AWS/ApplicationELB';
  const metrics = (name: string) =>
    targetGroups.map((group) => ({
      ...{ namespace, name },
      dimensions: { LoadBalancer, TargetGroup: group.split(':').at(-1) ?? '' },
    }));
  return {
    errors: [
      ...metrics('HTTPCode_Target_5XX_Count'),
      { namespace, name: 'HTTPCode_ELB_5XX_Count', dimensions: { LoadBalancer } },
    ],
    requests: metrics('RequestCount'),
    unhealthy: metrics('UnHealthyHostCount'),
    latency: { namespace, name: 'TargetResponseTime', dimensions: { LoadBalancer } },
  };
}
