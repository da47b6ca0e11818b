import { expect, it } from 'vitest';
import { passedOver } from '../../../src/rollback/first-way.ts';
import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';

const KINDS = 'there is no last known good version';

it('says why each candidate was passed over, and else why there was none', () => {
  expect(
    noneFit(KINDS, ['passed over 3: it is Failed', 'passed over 2: it was deleted'], 'none was proven'),
  ).toBe(
    'there is no last known good version that could be put back: passed over 3: it is Failed; passed over 2: it was deleted',
  );
  expect(noneFit(KINDS, [], 'none was proven')).toBe('there is no last known good version: none was proven');
});

it('says why the revision that a request names cannot be put back', () => {
  const request = { target: 'lambda:checkout/live', reason: 'why' };
  expect(cannotPutBack(request, [])).toBeNull();
  const named = { ...request, revision: '3' };
  expect(cannotPutBack(named, [passedOver('checkout:3', 'it was deleted')])).toBe(
    'the revision that was asked for cannot be put back: checkout:3: it was deleted',
  );
  expect(cannotPutBack(named, [])).toBe('the revision that was asked for cannot be put back');
});

it('is a part of a plan', () => {
  expect(noWayBack('none was proven')).toEqual({ state: 'no-way-back', reason: 'none was proven' });
});
