import { describe, expect, test } from 'vitest';
import { breachOf, onsetBy, seriesOf, shareOf } from '../../../src/rollback/breach.ts';
import type { AlarmNow } from '../../../src/rollback/facts.ts';
import { aDayBefore, at, ERROR_RATE, ERRORS, meter, REQUESTS, steps } from './clues/night.ts';
import { omit } from './judge-facts.ts';

const alarm = (metric: NonNullable<AlarmNow['metric']>, threshold: number, more: Partial<AlarmNow> = {}) => ({
  ...ERROR_RATE,
  metric,
  limit: { threshold, breaches: 'above' as const },
  ...more,
});
const datapoint = (from: string, until: string) => ({ at: at(from), until: at(until) });
const turnedAt = at('03:04');

describe('the first breaching datapoint of the run that turned an alarm', () => {
  test('is the first of as many as it evaluates', () => {
    expect(breachOf(ERROR_RATE, [REQUESTS, ERRORS], turnedAt)).toEqual(datapoint('03:02', '03:03'));
    const three = { ...ERROR_RATE, evaluationPeriods: 3 };
    expect(breachOf(three, [REQUESTS, ERRORS], turnedAt)).toEqual(datapoint('03:02', '03:03'));
    const { state, actionsEnabled, limit, metric } = ERROR_RATE;
    const defaults = { state, actionsEnabled, limit, metric } as AlarmNow;
    expect(breachOf(defaults, [REQUESTS, ERRORS], turnedAt)).toEqual(datapoint('03:03', '03:04'));
  });

  test('is not one that begins when the alarm turns, or later', () => {
    const two = meter('errors', steps({ '00:00': null, '03:04': 200 }));
    expect(breachOf(ERROR_RATE, [REQUESTS, two], turnedAt)).toBeNull();
  });

  test('passes over minutes without a value, and over those before the run', () => {
    const gaps = meter('latency', steps({ '02:00': 9, '02:10': 0.1, '03:01': 9, '03:02': null, '03:03': 9 }));
    expect(breachOf(alarm('latency', 1, { evaluationPeriods: 3 }), [gaps], turnedAt)).toEqual(
      datapoint('03:01', '03:02'),
    );
    expect(breachOf(alarm('latency', 1, { evaluationPeriods: 2 }), [gaps], turnedAt)).toEqual(
      datapoint('03:03', '03:04'),
    );
  });

  test('lies below the limit where the alarm says so', () => {
    const hosts = meter('healthyHosts', steps({ '00:00': 3, '03:02': 1 }));
    const low = alarm('healthyHosts', 2, { limit: { threshold: 2, breaches: 'below' } });
    expect(breachOf(low, [hosts], turnedAt)).toEqual(datapoint('03:02', '03:03'));
    expect(breachOf(alarm('healthyHosts', 5), [hosts], turnedAt)).toBeNull();
  });

  test('is as long as the period: counts are added up, other values averaged', () => {
    const five = { periodSeconds: 300, evaluationPeriods: 1 };
    const counts = meter('errors', steps({ '00:00': null, '03:02': 40 }));
    expect(breachOf(alarm('errors', 119, five), [counts], at('03:05'))).toEqual(datapoint('03:00', '03:05'));
    expect(breachOf(alarm('errors', 120, five), [counts], at('03:05'))).toBeNull();
    const latency = meter('latency', steps({ '00:00': 0, '03:02': 1 }));
    expect(breachOf(alarm('latency', 0.59, five), [latency], at('03:05'))).toEqual(
      datapoint('03:00', '03:05'),
    );
    expect(breachOf(alarm('latency', 0.6, five), [latency], at('03:05'))).toBeNull();
    const requests = meter('requests', steps({ '00:00': 10 }));
    expect(breachOf(alarm('requests', 49, five), [requests], at('03:05'))).not.toBeNull();
  });

  test('is not known without the metric, its series or a limit', () => {
    expect(breachOf(omit(ERROR_RATE, 'limit'), [REQUESTS, ERRORS], turnedAt)).toBeNull();
    expect(breachOf(omit(ERROR_RATE, 'metric'), [REQUESTS, ERRORS], turnedAt)).toBeNull();
    expect(breachOf(ERROR_RATE, [REQUESTS], turnedAt)).toBeNull();
    expect(breachOf(ERROR_RATE, [ERRORS], turnedAt)).toBeNull();
  });
});

describe('the onset of the harm that a young alarm shows', () => {
  const first = datapoint('03:02', '03:03');
  const long = meter('errors', steps({ '00:00': null, '02:20': 200 }));
  const onset = (changedAt: string, errors = long, more: Partial<AlarmNow> = {}) =>
    onsetBy({ ...ERROR_RATE, changedAt: at(changedAt), ...more }, [REQUESTS, errors], first);
  const unseen = (changedAt: string) => ({ ...first, unseenBefore: at(changedAt) });

  test('is its first breaching datapoint where it was evaluated before that', () => {
    expect(onset('03:00')).toBe(first);
    expect(onsetBy(ERROR_RATE, [REQUESTS, long], first)).toBe(first);
  });

  test('is where its metric began to breach, where it is younger', () => {
    expect(onset('03:01')).toEqual(datapoint('02:20', '02:21'));
    expect(onset('03:30')).toEqual(datapoint('02:20', '02:21'));
    expect(onset('03:01', ERRORS)).toEqual(first);
  });

  test('passes over a pause that the alarm would not have seen', () => {
    const pause = meter('errors', steps({ '00:00': null, '02:20': 200, '02:30': null, '02:35': 200 }));
    expect(onset('03:01', pause)).toEqual(datapoint('02:20', '02:21'));
    const other = meter('errors', steps({ '00:00': null, '02:00': 200, '02:10': null, '02:40': 200 }));
    expect(onset('03:01', other)).toEqual(datapoint('02:40', '02:41'));
  });

  test('is unknown where the harm may have ended between, or began where the series does', () => {
    const pause = meter('errors', steps({ '00:00': null, '02:20': 200, '02:30': null, '02:36': 200 }));
    expect(onset('03:01', pause)).toEqual(unseen('03:01'));
    expect(onset('03:01', meter('errors', steps({ '00:00': 200 })))).toEqual(unseen('03:01'));
  });

  test('is unknown where it began with the first requests, as on a side that had no traffic', () => {
    const errors = meter('errors', steps({ '00:00': null, '02:40': 200 }));
    const since = (requests: string) =>
      onsetBy(
        { ...ERROR_RATE, changedAt: at('03:01') },
        [meter('requests', steps({ '00:00': null, [requests]: 1000 })), errors],
        first,
      );
    expect(since('02:40')).toEqual(unseen('03:01'));
    expect(since('02:39')).toEqual(datapoint('02:40', '02:41'));
    const counted = alarm('errors', 5, { changedAt: at('03:01') });
    expect(onsetBy(counted, [errors], first)).toEqual(datapoint('02:40', '02:41'));
  });

  test('is unknown where the metric is not measured, or does not breach then', () => {
    expect(onset('03:01', meter('latency', long.series))).toEqual(unseen('03:01'));
    expect(onset('03:01', long, { limit: { threshold: 50, breaches: 'above' } })).toEqual(unseen('03:01'));
    expect(onsetBy({ state: 'ALARM', changedAt: at('03:01') }, [], first)).toEqual(unseen('03:01'));
  });
});

test('the series of a metric is that of the whole target, today', () => {
  const { series } = ERRORS;
  const parts = [
    meter('errors', series, { zone: 'eu-west-1a' }),
    meter('errors', series, { revision: 'revision-42' }),
    meter('errors', series, { relation: 'dependency' }),
    meter('errors', aDayBefore(series), { yesterday: true }),
  ];
  expect(seriesOf('errors', parts)).toBeNull();
  expect(seriesOf('errors', [...parts, ERRORS])).toBe(series);
  expect(seriesOf('unhealthyHosts', [...parts, ERRORS])).toBeNull();
});

test('the share of errors is in percent, none without an error, and unknown without a request', () => {
  const requests = { start: at('03:00'), periodSeconds: 60, values: [200, 200, 0, null] };
  const errors = { start: at('02:59'), periodSeconds: 60, values: [9, null, 3, 3, 3] };
  expect(shareOf(errors, requests).values).toEqual([0, 1.5, null, null]);
});
