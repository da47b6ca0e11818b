import { expect, it } from 'vitest';
import { soonAfter, untilEvaluated } from '../../../src/rollback/verdict.ts';

it.each([
  // CloudWatch shows the minute from 03:03 at about 03:05, and the next one at 03:06.
  ['03:05:00', 65],
  ['03:05:20', 45],
  ['03:05:49', 16],
  // So soon, a look would see nothing new.
  ['03:05:51', 74],
])('at %s the next minute is shown in %i seconds', (clock, seconds) => {
  expect(soonAfter(`2026-11-22T${clock}.000Z`)).toBe(seconds);
});

it.each([
  ['03:05:02', 63],
  ['03:06:30', -25],
])('at %s an alarm that turned at 03:05:00 is evaluated again in %i seconds', (clock, seconds) => {
  expect(untilEvaluated('2026-11-22T03:05:00.000Z', `2026-11-22T${clock}.000Z`)).toBe(seconds);
});
