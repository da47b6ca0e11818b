import type { MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../service.ts';
import { dimensionsOf } from './queries.ts';
import { sampleOf, type MetricStore, type Sample } from './series.ts';

/**
 * From PutMetricData to the first query that sees the data. AWS gives no figure; five seconds is assumed from AWS
 * staff's "a few seconds for data to become available". https://repost.aws/questions/QUGIWUPlEYQWaCBm9x2WfnWA
 */
const VISIBLE_AFTER = 5_000;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export function putMetricData(
  store: MetricStore,
  { Namespace, MetricData }: PutMetricDataInput,
  now: number,
): object {
  if (Namespace === undefined) throw new AwsError('MissingParameter', 'Namespace is required');
  if (Namespace.startsWith('AWS/'))
    throw new AwsError('InvalidParameterValue', 'Namespace must not begin with AWS/');
  for (const datum of MetricData ?? []) {
    const metric = {
      namespace: Namespace,
      name: datum.MetricName ?? '',
      dimensions: dimensionsOf(datum.Dimensions),
    };
    for (const sample of samplesOf(datum, now)) store.add(metric, sample);
  }
  return {};
}

function samplesOf(
  { Timestamp, Value, Values, Counts, StatisticValues, Unit }: MetricDatum,
  now: number,
): Sample[] {
  const at = Timestamp?.getTime() ?? now;
  const visibleAt = now + VISIBLE_AFTER;
  if (StatisticValues !== undefined) {
    const {
      Sum: sum = 0,
      Minimum: minimum = 0,
      Maximum: maximum = 0,
      SampleCount: count = 0,
    } = StatisticValues;
    return [{ at, visibleAt, sum, minimum, maximum, count, unit: Unit }];
  }
  if (Values === undefined)
    return [sampleOf({ value: Value ?? 0, ...(Unit === undefined ? {} : { unit: Unit }) }, at, visibleAt)];
  return Values.map((value, index) => {
    const count = Counts?.[index] ?? 1;
    return { at, visibleAt, sum: value * count, minimum: value, maximum: value, count, unit: Unit };
  });
}
