import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../service.ts';
import type { Limits } from './comparison.ts';
import { parseExpression } from './expression.ts';
import { periodOf, runQueries, type Window } from './queries.ts';
import type { MetricStore } from './series.ts';

const TRAINING = 3 * 60 * 60_000;
const ENOUGH = 5;

/**
 * Returns the band of an anomaly detection alarm. AWS trains a model on up to two weeks and does not publish it. Here
 * the band is the mean plus and minus a number of standard deviations. They come from the periods in the three hours
 * before the judged one. Fewer than five of them give no band, and the period counts as missing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
 */
export function bandsFor(
  store: MetricStore,
  settings: PutMetricAlarmInput,
  { from, to, now }: Window,
): (at: number) => Limits | undefined {
  const { metricId, deviations } = bandOf(settings);
  const queries = settings.Metrics ?? [];
  const trained = queries.find(({ Id }) => Id === metricId);
  if (trained === undefined)
    throw new AwsError('ValidationError', `The band refers to an unknown id '${metricId}'`);
  const step = periodOf(queries, trained) * 1000;
  const start = from - Math.floor(TRAINING / step) * step;
  const past = runQueries(store, queries, { from: start, to, now }).points(metricId);
  return (at) => {
    const values = past
      .filter((point) => point.at < at && point.at >= at - TRAINING)
      .map(({ value }) => value);
    return values.length < ENOUGH ? undefined : band(values, deviations);
  };
}

/** Reads `ANOMALY_DETECTION_BAND(m1, 2)`. */
export function bandOf({ Metrics, ThresholdMetricId }: PutMetricAlarmInput): {
  metricId: string;
  deviations: number;
} {
  const query = Metrics?.find(({ Id }) => Id === ThresholdMetricId);
  const call = parseExpression(query?.Expression ?? '0');
  const [metric, width] = call.kind === 'call' && call.name === 'ANOMALY_DETECTION_BAND' ? call.given : [];
  if (metric?.kind !== 'name' || (width !== undefined && width.kind !== 'number'))
    throw new AwsError(
      'ValidationError',
      'ThresholdMetricId must name an ANOMALY_DETECTION_BAND of a metric',
    );
  return { metricId: metric.name, deviations: width?.value ?? 2 };
}

function band(values: readonly number[], deviations: number): Limits {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  const width = deviations * Math.sqrt(variance);
  return { lower: mean - width, upper: mean + width };
}
