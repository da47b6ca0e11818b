import { expect, test } from 'vitest';
import { isProvenIn } from '../../../src/ledger/proven.ts';
import { FakeEntries } from '../../fakes/ledger.ts';

test('a revision is proven by a deployment that completed since an instant, not by an earlier one', () => {
  const known = new FakeEntries('asg:web');
  known.prove('v1', '2026-11-22T02:00:00.000Z');
  known.condemn('v2', '2026-11-22T03:00:00.000Z');
  expect(isProvenIn(known.list, 'v1', '2026-11-22T01:59:00.000Z')).toBe(true);
  expect(isProvenIn(known.list, 'v1', '2026-11-22T02:01:00.000Z')).toBe(false);
  expect(isProvenIn(known.list, 'v2', '2026-11-22T01:00:00.000Z')).toBe(false);
});
