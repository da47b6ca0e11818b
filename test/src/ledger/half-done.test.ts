import { expect, test } from 'vitest';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import { halfDone } from '../../../src/ledger/half-done.ts';
import type { OutcomeState } from '../../../src/rollback/outcome.ts';

const AT = '2026-11-22T03:00:00.000Z';
const target = 'ecs:prod/checkout';
const recordOf = (execution: string, trigger: RollbackRecord['request']['trigger'], state: OutcomeState) =>
  ({
    ...{ target, execution, startedAt: AT, alsoTriggeredBy: [], automatic: false },
    request: { target, reason: 'game day', ...(trigger !== undefined && { trigger }) },
    outcome: { state, at: AT, reason: 'x', advice: [] },
  }) satisfies RollbackRecord;
const by = { type: 'rehearsal', id: '1', at: AT, by: 'ada' } as const;
const back = (state: OutcomeState = 'rolled-back') => recordOf('back', { ...by, way: 'back' }, state);
const forward = (state: OutcomeState, after = 'back') =>
  recordOf('forward', { ...by, way: 'forward', after }, state);

test('finds the way back that no way forward has ended', () => {
  expect(halfDone([back()])).toEqual(back());
  expect(halfDone([back('failed-dirty')])).toEqual(back('failed-dirty'));
  expect(halfDone([forward('failed-dirty'), back()])).toEqual(back());
  expect(halfDone([forward('skipped'), back()])).toEqual(back());
  const open: RollbackRecord = { ...back(), outcome: undefined as never };
  expect(halfDone([open])).toBe(open);
});

test.each([
  ['there is no record', []],
  ['nothing was changed', [back('skipped')]],
  ['it went forward', [forward('rolled-back'), back()]],
  ['a rollback followed', [recordOf('other', undefined, 'rolled-back'), back()]],
  ['another deployment took its place', [{ ...back('failed-dirty'), overtaken: true as const }]],
  ['the way back is not there any more', [forward('failed-dirty', 'older')]],
])('finds none where %s', (_, records) => {
  expect(halfDone(records)).toBeNull();
});
