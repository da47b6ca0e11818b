import { expect, test } from 'vitest';
import { nearMissOf } from '../../../src/rollback/near-miss.ts';

test.each([
  [{ Lastgood: 'auto' }, 'Lastgood'],
  [{ 'last-good': 'approve' }, 'last-good'],
  [{ 'Last Good': ' Auto ' }, 'Last Good'],
  [{ 'lastgood ': 'observe' }, 'lastgood '],
  [{ lastgood: 'auto' }, null],
  [{ Lastgood: 'the shop of the year' }, null],
  [{ 'lastgood:soak': '5' }, null],
  [{}, null],
])('of %j the near miss is %j', (tags, near) => {
  expect(nearMissOf(tags)).toBe(near);
});
