import { expect, test } from 'vitest';
import { dated } from '../../../scripts/terminal/dated.ts';

test('an instant has its day, and no fraction of a second', () => {
  expect(dated('healthy since 2026-11-22T02:19:13.324Z, proven at 2026-11-23T00:00:00Z.')).toBe(
    'healthy since 2026-11-22 02:19:13 UTC, proven at 2026-11-23 00:00:00 UTC.',
  );
  expect(dated('2026-11-22 02:19')).toBe('2026-11-22 02:19');
});
