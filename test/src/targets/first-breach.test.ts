import { expect, test } from 'vitest';
import { firstBreach } from '../../../src/targets/alarms/first-breach.ts';

const at = (minute: string) => `2026-11-20T09:${minute}:00.000Z`;
const data = (fields: object) => JSON.stringify({ version: '1.0', period: 60, threshold: 5, ...fields });
const points = (...values: [minute: string, value?: number][]) =>
  values.map(([minute, value]) => ({ timestamp: `2026-11-20T09:${minute}:00.000+0000`, value }));

test('is the oldest datapoint on the side of the newest, in any order', () => {
  const evaluatedDatapoints = points(['12', 40], ['11', 12], ['10', 1]);
  expect(firstBreach(data({ evaluatedDatapoints }))).toEqual({ at: at('11'), until: at('12') });
});

test('is below the threshold if the newest is', () => {
  const evaluatedDatapoints = points(['12', 1], ['11', 2], ['10', 9]);
  expect(firstBreach(data({ evaluatedDatapoints }))).toEqual({ at: at('11'), until: at('12') });
});

test.each([
  ['were greater than the threshold (5.0)', '10'],
  ['was greater than or equal to the threshold (5.0)', '09'],
  ['were less than the threshold (5.0)', '12'],
  ['were less than or equal to the threshold (5.0)', '09'],
  ['turned', '12'],
])('is on the side that the reason names, where the newest of several is not: %s', (says, minute) => {
  const evaluatedDatapoints = points(['12', 0], ['11', 12], ['10', 40], ['09', 5]);
  const reason = `Threshold Crossed: 2 out of the last 4 datapoints [0.0, 12.0, 40.0, 5.0] ${says}.`;
  expect(firstBreach(data({ evaluatedDatapoints }), reason)?.at).toBe(at(minute));
});

test('skips periods without a datapoint', () => {
  const evaluatedDatapoints = points(['12', 40], ['11'], ['10', 30]);
  expect(firstBreach(data({ evaluatedDatapoints }))).toEqual({ at: at('10'), until: at('11') });
});

test('is counted from the start date in the older form', () => {
  const old = data({ startDate: '2026-11-20T09:10:00.000+0000', period: 300, recentDatapoints: [1, 9, 8] });
  expect(firstBreach(old)).toEqual({ at: at('15'), until: at('20') });
});

test('is estimated if there is no threshold', () => {
  const band = JSON.stringify({ period: 60, evaluatedDatapoints: points(['11', 3], ['12', 4]) });
  expect(firstBreach(band)).toEqual({ at: at('11'), until: at('12'), estimated: true });
});

test.each([
  undefined,
  '',
  'x',
  '{}',
  '{"triggeringAlarms":[]}',
  data({ evaluatedDatapoints: [] }),
  data({ recentDatapoints: [1] }),
])('is not named by %s', (text) => {
  expect(firstBreach(text)).toBeNull();
});
