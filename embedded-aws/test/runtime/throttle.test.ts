import { expect, test } from 'vitest';
import { createThrottle } from '../../runtime/api/throttle.ts';
import { Clock } from '../../world/clock.ts';

const route = {
  api: 'api',
  key: 'POST /hooks/grafana',
  authorization: 'NONE' as const,
  function: 'arn',
  throttle: { rate: 2, burst: 3 },
};

test('a route takes a burst, and then so many requests a second', async () => {
  const clock = new Clock('2026-03-01T12:00:00.000Z');
  const takes = createThrottle(clock);
  const count = (requests: number) =>
    Array.from({ length: requests }, () => takes(route)).filter(Boolean).length;
  expect(count(10)).toBe(3);
  await clock.run(() => false, Date.parse('2026-03-01T12:00:01.000Z'));
  expect(count(10)).toBe(2);
  await clock.run(() => false, Date.parse('2026-03-01T12:10:00.000Z'));
  expect(count(10)).toBe(3);
});

test('each route has a bucket of its own, and one without limits takes every request', () => {
  const takes = createThrottle(new Clock('2026-03-01T12:00:00.000Z'));
  const other = { ...route, key: 'POST /slack' };
  expect([1, 2, 3, 4].map(() => takes(route))).toEqual([true, true, true, false]);
  expect(takes(other)).toBe(true);
  const open = { api: 'api', key: 'POST /open', authorization: 'NONE' as const, function: 'arn' };
  expect(Array.from({ length: 100 }, () => takes(open))).not.toContain(false);
});
