import type { AlarmNow, Measured, Series } from './facts.ts';
import type { Onset } from './onset.ts';
import type { Instant } from './request.ts';
import { after, isAfter, secondsBetween } from './time.ts';

/**
 * Returns the first breaching datapoint of the run that turned an alarm, by the series of its metric. Null: the metric
 * is not measured, or no datapoint breaches.
 */
export function breachOf(alarm: AlarmNow, measured: readonly Measured[], turnedAt: Instant): Onset | null {
  const { periodSeconds = 60, evaluationPeriods = 1 } = alarm;
  const past = (pointsOf(alarm, measured) ?? []).filter(({ at }) => secondsBetween(at, turnedAt) > 0);
  const end = past.findLastIndex(isBreach) + 1;
  const first = past.slice(Math.max(0, end - evaluationPeriods), end).find(isBreach);
  return first === undefined ? null : { at: first.at, until: after(first.at, periodSeconds) };
}

/** CloudWatch evaluates an alarm each minute, and an alarm that was just put within two. */
const EVALUATED_WITHIN_SECONDS = 120;

/** Breaches that are this close are of one harm. */
const CLOSE_SECONDS = 300;

/** Whether the harm ended between breaches that are less than this apart is unknown. */
const APART_SECONDS = 1800;

/**
 * Returns the onset of the harm that an alarm shows. The first breaching datapoint of an alarm that was evaluated before it is
 * the onset. An alarm that was created or changed later, or shortly before, turns at once by its newest datapoints. Then
 * the onset is where its metric began to breach, or unknown.
 */
export function onsetBy(alarm: AlarmNow, measured: readonly Measured[], first: Onset): Onset {
  const { changedAt } = alarm;
  if (changedAt === undefined || secondsBetween(changedAt, first.at) >= EVALUATED_WITHIN_SECONDS)
    return first;
  return beginOf(alarm, measured, first) ?? { ...first, unseenBefore: changedAt };
}

/**
 * Returns where the breach began that reaches a datapoint. Null: the series does not show it. Without requests, as on a side
 * that had no traffic yet, it does not.
 */
function beginOf(alarm: AlarmNow, measured: readonly Measured[], { at: seen, until }: Onset): Onset | null {
  const { periodSeconds = 60, evaluationPeriods = 1 } = alarm;
  const points = pointsOf(alarm, measured) ?? [];
  const breaching = points.filter((point) => isBreach(point) && secondsBetween(point.at, until) > 0);
  const [last, ...before] = breaching.toReversed().map(({ at }) => at);
  const [oldest] = points;
  if (last === undefined || oldest === undefined || secondsBetween(seen, last) < 0) return null;
  const close = Math.max(CLOSE_SECONDS, periodSeconds * evaluationPeriods) + periodSeconds;
  let begin = last;
  for (const at of before) {
    if (secondsBetween(at, begin) > close) break;
    begin = at;
  }
  const other = before.find((at) => isAfter(begin, at)) ?? oldest.at;
  const isApart = secondsBetween(other, begin) >= APART_SECONDS;
  const wasWell = points.some(
    (one) =>
      one.isKnown && !isBreach(one) && isAfter(begin, one.at) && secondsBetween(one.at, begin) <= close,
  );
  return isApart && wasWell ? { at: begin, until: after(begin, periodSeconds) } : null;
}

/** Returns the datapoints of an alarm's metric, oldest first. Null: it is not measured, or its limit is not known. */
function pointsOf(
  { limit, periodSeconds = 60, metric }: AlarmNow,
  measured: readonly Measured[],
): readonly Judged[] | null {
  const series = metric === undefined ? null : seriesOf(metric, measured);
  if (limit === undefined || series === null) return null;
  const points = inPeriods(series, periodSeconds, metric === 'errors' || metric === 'requests');
  return points.map(({ at, value }) => ({
    at,
    isKnown: value !== null || metric === 'errors',
    breaches:
      value !== null && (limit.breaches === 'above' ? value > limit.threshold : value < limit.threshold),
  }));
}

interface Judged {
  readonly at: Instant;
  /** A count of errors has no datapoint where there are none. */
  readonly isKnown: boolean;
  readonly breaches: boolean;
}

function isBreach({ breaches }: Judged): boolean {
  return breaches;
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
  if (metric === 'unhealthyHosts') return null;
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
