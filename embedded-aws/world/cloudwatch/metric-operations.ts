import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  GetMetricWidgetImageInput,
  ListMetricsInput,
  ListMetricsOutput,
  MetricDataQuery,
  PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { anywhere, limit } from './limits.ts';
import { putMetricData } from './put-metric-data.ts';
import { dimensionsOf, periodOf, runQueries } from './queries.ts';
import { isSearch, readSearch, refuseTooMany, runSearch, type Found } from './search.ts';
import type { MetricStore } from './series.ts';
import { points, statistic } from './statistics.ts';
import { getMetricWidgetImage } from './widget/image.ts';

export function metricOperations({ clock }: Surroundings, store: MetricStore) {
  return {
    PutMetricData: {
      bucket: limit.putMetricData,
      authorize: ({ Namespace = '' }: PutMetricDataInput) => [
        {
          action: 'cloudwatch:PutMetricData',
          resource: '*',
          conditions: { 'cloudwatch:namespace': Namespace },
        },
      ],
      run: (input: PutMetricDataInput) => putMetricData(store, input, clock.now()),
    },
    GetMetricData: {
      bucket: limit.getMetricData,
      authorize: anywhere('GetMetricData'),
      run: (input: GetMetricDataInput) => getData(store, input, clock.now()),
    },
    GetMetricStatistics: {
      bucket: limit.getMetricStatistics,
      authorize: anywhere('GetMetricStatistics'),
      run: (input: GetMetricStatisticsInput) => getStatistics(store, input, clock.now()),
    },
    GetMetricWidgetImage: {
      bucket: limit.getMetricWidgetImage,
      authorize: anywhere('GetMetricWidgetImage'),
      run: (input: GetMetricWidgetImageInput) => getMetricWidgetImage(store, input, clock.now()),
    },
    ListMetrics: {
      bucket: limit.listMetrics,
      authorize: anywhere('ListMetrics'),
      run: (input: ListMetricsInput) => list(store, input, clock.now()),
    },
  };
}

/**
 * Returns metric data, newest first by default. Periods start at whole multiples of the period.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
function getData(store: MetricStore, input: GetMetricDataInput, now: number): GetMetricDataOutput {
  const queries = input.MetricDataQueries ?? [];
  refuseTooMany(queries);
  const longest = Math.max(1, ...queries.map((query) => secondsOf(queries, query))) * 1000;
  const start = instant(input.StartTime, 'StartTime');
  const window = { from: start - (start % longest), to: instant(input.EndTime, 'EndTime'), now };
  const results = runQueries(store, queries, window);
  const seriesOf = (query: MetricDataQuery): readonly Found[] => {
    const { Id = '', Label, MetricStat } = query;
    if (isSearch(query)) return runSearch(store, query, window);
    return [{ label: Label ?? MetricStat?.Metric?.MetricName ?? Id, points: results.points(Id) }];
  };
  const returned = queries.filter(({ ReturnData }) => ReturnData !== false);
  return {
    MetricDataResults: returned.flatMap((query) =>
      seriesOf(query).map((found) => resultOf(query.Id ?? '', found, input.ScanBy)),
    ),
    Messages: [],
  };
}

/** Returns the queries' period in seconds. */
function secondsOf(queries: readonly MetricDataQuery[], query: MetricDataQuery): number {
  return isSearch(query) ? readSearch(query).period : periodOf(queries, query);
}

function resultOf(Id: string, { label, points: all }: Found, scanBy: GetMetricDataInput['ScanBy']) {
  const newestFirst = [...all].sort((one, other) => other.at - one.at);
  const ordered = scanBy === 'TimestampAscending' ? newestFirst.toReversed() : newestFirst;
  return {
    Id,
    Label: label,
    Timestamps: ordered.map(({ at }) => new Date(at)),
    Values: ordered.map(({ value }) => value),
    StatusCode: 'Complete' as const,
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
function getStatistics(
  store: MetricStore,
  input: GetMetricStatisticsInput,
  now: number,
): GetMetricStatisticsOutput {
  const { Namespace = '', MetricName = '', Period = 60, Statistics = [], ExtendedStatistics = [] } = input;
  const metric = { namespace: Namespace, name: MetricName, dimensions: dimensionsOf(input.Dimensions) };
  const period = Period * 1000;
  const start = instant(input.StartTime, 'StartTime');
  const window = { from: start - (start % period), to: instant(input.EndTime, 'EndTime'), period };
  const samples = store.between(metric, window.from, window.to, now);
  const Datapoints = points('SampleCount', samples, window).map(({ at }) => {
    const within = samples.filter((sample) => sample.at >= at && sample.at < at + period);
    return {
      Timestamp: new Date(at),
      ...Object.fromEntries(Statistics.map((name) => [name, statistic(name, within)])),
      ...(ExtendedStatistics.length === 0
        ? {}
        : {
            ExtendedStatistics: Object.fromEntries(
              ExtendedStatistics.map((name) => [name, statistic(name, within)]),
            ),
          }),
      Unit: (within[0]?.unit ?? 'None') as 'None',
    };
  });
  return { Label: MetricName, Datapoints };
}

function instant(time: Date | undefined, field: string): number {
  if (time === undefined) throw new AwsError('MissingParameter', `${field} is required`);
  return time.getTime();
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
function list(
  store: MetricStore,
  { Namespace, MetricName, Dimensions = [] }: ListMetricsInput,
  now: number,
): ListMetricsOutput {
  const found = store
    .names(now)
    .filter(({ namespace }) => Namespace === undefined || namespace === Namespace)
    .filter(({ name }) => MetricName === undefined || name === MetricName)
    .filter(({ dimensions }) =>
      Dimensions.every(
        ({ Name = '', Value }) => Name in dimensions && (Value === undefined || dimensions[Name] === Value),
      ),
    );
  return {
    Metrics: found.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
  };
}
