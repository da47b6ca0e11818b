import { expect, test } from 'vitest';
import { earliestStart, inWords } from '../../../src/rollback/sights.ts';

test('sights are written by the clock, and with the day where there are two', () => {
  const seenAt = '2026-11-22T02:14:00.000Z';
  expect(inWords({ notBefore: '2026-11-22T02:05:00.000Z', seenAt })).toBe(
    'seen at 02:14 UTC, not there at 02:05 UTC',
  );
  expect(inWords({ notBefore: '2026-11-21T23:59:00.000Z', seenAt })).toBe(
    'seen at 2026-11-22 02:14 UTC, not there at 2026-11-21 23:59 UTC',
  );
});

test('a deployment may have begun right after the sight at which it was not there', () => {
  const startedAt = '2026-11-22T02:14:00.000Z';
  const notBefore = '2026-11-22T02:05:00.000Z';
  expect(earliestStart({ startedAt, sights: { notBefore, seenAt: startedAt } })).toBe(notBefore);
  expect(earliestStart({ startedAt })).toBe(startedAt);
});
