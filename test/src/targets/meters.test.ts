import { expect, test } from 'vitest';
import { metersOf } from '../../../src/targets/alarms/meters.ts';

const ACCOUNT = '111122223333';
const metric = (namespace: string, name: string, more: object = {}) => ({
  id: 'm1',
  ...more,
  metricStat: {
    metric: { namespace, name, dimensions: { LoadBalancer: 'app/shop/1' } },
    period: 60,
    stat: 'Sum',
  },
});
const wordsIn = (...metrics: unknown[]) =>
  metersOf({ configuration: { metrics } }, ACCOUNT).map((meter) => meter.metric);

test('of an expression are all its metrics that have a meter', () => {
  const metrics = [
    { id: 'e1', expression: '100 * errors / requests' },
    metric('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count'),
    metric('AWS/ApplicationELB', 'RequestCount'),
    metric('AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count'),
    metric('Shop', 'Errors'),
  ];
  expect(wordsIn(...metrics)).toEqual(['errors', 'requests']);
});

test('metrics of another account have no meter', () => {
  expect(wordsIn(metric('AWS/Lambda', 'Errors', { accountId: '444455556666' }))).toEqual([]);
  expect(wordsIn(metric('AWS/Lambda', 'Errors', { accountId: ACCOUNT }))).toEqual(['errors']);
});

test.each([
  [null],
  ['x'],
  [{}],
  [{ configuration: { metrics: 'x' } }],
  [{ configuration: { metrics: [null, 7] } }],
])('%j has no meters', (payload) => {
  expect(metersOf(payload, ACCOUNT)).toEqual([]);
});
