import type { AlarmNow, Measured, Series } from './facts.ts';
import type { Onset } from './onset.ts';
import type { Instant } from './request.ts';
import { after, secondsBetween } from './time.ts';

/**
 * Returns the first breaching datapoint of the run that turned an alarm, by the series of its metric. Null: the metric
 * is not measured, or no datapoint breaches.
 */
export function breachOf(alarm: AlarmNow, measured: readonly Measured[], turnedAt: Instant): Onset | null {
  const { limit, periodSeconds = 60, evaluationPeriods = 1, metric } = alarm;
  const series = metric === undefined ? null : seriesOf(metric, measured);
  if (limit === undefined || series === null) return null;
  const points = inPeriods(series, periodSeconds, metric === 'errors' || metric === 'requests');
  const breaches = ({ value }: Point) =>
    value !== null && (limit.breaches === 'above' ? value > limit.threshold : value < limit.threshold);
  const past = points.filter(({ at }) => secondsBetween(at, turnedAt) > 0);
  const end = past.findLastIndex(breaches) + 1;
  const first = past.slice(Math.max(0, end - evaluationPeriods), end).find(breaches);
  return first === undefined ? null : { at: first.at, until: after(first.at, periodSeconds) };
}

interface Point {
  readonly at: Instant;
  readonly value: number | null;
}

/** Returns the series of a metric for the whole target. Computes an error rate in percent from two series. */
export function seriesOf(
  metric: NonNullable<AlarmNow['metric']>,
  measured: readonly Measured[],
): Series | null {
  const whole = (name: Measured['metric']) =>
    measured.find(
      (one) =>
        one.metric === name &&
        one.relation === 'this' &&
        one.revision === undefined &&
        one.zone === undefined &&
        one.yesterday === undefined,
    )?.series ?? null;
  if (metric !== 'errorRate') return whole(metric);
  const [errors, requests] = [whole('errors'), whole('requests')];
  return errors === null || requests === null ? null : shareOf(errors, requests);
}

/** Returns errors in percent of requests. A minute with requests and no error count has zero percent. */
export function shareOf(errors: Series, requests: Series): Series {
  const offset = secondsBetween(errors.start, requests.start) / requests.periodSeconds;
  const values = requests.values.map((count, at) => {
    if (count === null || count === 0) return null;
    return (100 * (errors.values[at + offset] ?? 0)) / count;
  });
  return { ...requests, values };
}

/** Combines the datapoints of a series into the longer periods of an alarm: sums of counts, otherwise means. */
function inPeriods(
  { start, periodSeconds, values }: Series,
  wanted: number,
  isCount: boolean,
): readonly Point[] {
  if (wanted <= periodSeconds)
    return values.map((value, at) => ({ at: after(start, at * periodSeconds), value }));
  const slots = new Map<number, number[]>();
  values.forEach((value, at) => {
    const slot = Math.floor((Date.parse(start) / 1000 + at * periodSeconds) / wanted) * wanted;
    if (value !== null) slots.set(slot, [...(slots.get(slot) ?? []), value]);
  });
  return [...slots].map(([slot, some]) => {
    const sum = some.reduce((one, other) => one + other, 0);
    return { at: new Date(slot * 1000).toISOString(), value: isCount ? sum : sum / some.length };
  });
}
