import type { Alarm, Dimensions } from './alarm.ts';

/** A metric or time series that an alarm watches. */
export interface WatchedMetric {
  readonly dimensions: Dimensions;
  /** Id of its account; absent: the alarm's own. */
  readonly account?: string | undefined;
}

/**
 * Returns the dimensions of the metrics in the alarm's own account. Names in another account's metrics mean other
 * things: a service of the same name may run in this account, too.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
 * @param own the alarm's account; if it is unknown, every metric that names an account counts as another account's
 */
export function ownMetrics(
  metrics: readonly WatchedMetric[],
  own: string | undefined,
): Pick<Alarm, 'dimensions' | 'elsewhere'> {
  const isOwn = ({ account }: WatchedMetric) => account === undefined || account === own;
  const elsewhere = new Set(metrics.flatMap((one) => (isOwn(one) ? [] : [one.account ?? ''])));
  return {
    dimensions: metrics.filter(isOwn).map(({ dimensions }) => dimensions),
    ...(elsewhere.size > 0 && { elsewhere: [...elsewhere] }),
  };
}

/** Returns the account in an alarm's ARN. */
export function accountIn(arn: string | null | undefined): string | undefined {
  return /^arn:[^:]+:cloudwatch:[^:]*:(\d{12}):/.exec(arn ?? '')?.[1];
}
