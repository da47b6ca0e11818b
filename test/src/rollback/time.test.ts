import { expect, it } from 'vitest';
import { after, isInFuture } from '../../../src/rollback/time.ts';

const NOW = '2026-11-22T03:05:00.000Z';

it.each([
  [-3600, false],
  [60, false],
  [61, true],
])('an instant %i seconds from now lies in the future: %j', (seconds, is) => {
  expect(isInFuture(after(NOW, seconds), NOW)).toBe(is);
});
