import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scheduleOf } from '../../../runtime/events/schedule.ts';

const next = (expression: string, after: string): string | null => {
  const instant = scheduleOf(expression)(Date.parse(after));
  return instant === null ? null : new Date(instant).toISOString();
};

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
test.each([
  ['rate(1 minute)', '2026-03-01T12:00:30.000Z', '2026-03-01T12:01:30.000Z'],
  ['rate(6 hours)', '2026-03-01T12:00:00.000Z', '2026-03-01T18:00:00.000Z'],
  ['cron(0 10 * * ? *)', '2026-03-01T12:00:00.000Z', '2026-03-02T10:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-03-01T12:00:00.000Z', '2026-03-01T12:15:00.000Z'],
  ['cron(30 8 1 * ? *)', '2026-03-01T12:00:00.000Z', '2026-04-01T08:30:00.000Z'],
  ['cron(0 18 ? * MON-FRI *)', '2026-02-27T18:00:00.000Z', '2026-03-02T18:00:00.000Z'],
  ['cron(0 0 29 FEB ? *)', '2026-03-01T12:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ['cron(5,10 0 1 1 ? 2020-2021)', '2026-03-01T12:00:00.000Z', null],
])('%s after %s is due at %s', (expression, after, due) => {
  expect(next(expression, after)).toBe(due);
});

test.each([
  'rate(0 minutes)',
  'rate(5 weeks)',
  'cron(* * * * *)',
  'cron(60 * * * ? *)',
  'cron(0 0 L * ? *)',
  'every minute',
])('%s is refused', (expression) => {
  expect(() => scheduleOf(expression)).toThrow();
});

test('a schedule is always due later than it was', () => {
  const part = (low: number, high: number) =>
    fc.oneof(fc.constant('*'), fc.integer({ min: low, max: high }).map(String));
  const expression = fc
    .tuple(part(0, 59), part(0, 23), part(1, 28), part(1, 12))
    .map(([m, h, d, mo]) => `cron(${m} ${h} ${d} ${mo} ? *)`);
  fc.assert(
    fc.property(expression, fc.integer({ min: 0, max: 4_000_000_000_000 }), (text, after) => {
      const due = scheduleOf(text)(after);
      return due !== null && due > after && due % 60_000 === 0;
    }),
    { numRuns: 30 },
  );
});
