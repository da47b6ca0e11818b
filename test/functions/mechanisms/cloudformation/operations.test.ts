import { expect, it } from 'vitest';
import { operationsIn, stableBefore } from '../../../../functions/mechanisms/cloudformation/operations.ts';
import type { StackEvent } from '../../../../functions/mechanisms/cloudformation/cloudformation.ts';
import { newestOf } from '../../../../functions/mechanisms/cloudformation/history.ts';

/** Returns events of the stack, newest first, from statuses in their order: `deploy-2 UPDATE_IN_PROGRESS`. */
function events(...said: readonly string[]): readonly StackEvent[] {
  return said
    .map((text, at): StackEvent => {
      const [token = '', status = ''] = text.split(' ');
      return {
        ...{ id: `e${at}`, at: `2026-11-22T02:${String(at).padStart(2, '0')}:00.000Z`, isOfStack: true },
        ...{ logicalId: 'shop', type: 'AWS::CloudFormation::Stack', status, reason: '' },
        ...{ token: token === '-' ? null : token, operation: token === '-' ? 'op-1' : null },
      };
    })
    .toReversed();
}

it('is known by its token, else by its id, and ends with its rollback', () => {
  const found = operationsIn(
    events(
      ...['a CREATE_IN_PROGRESS', 'a CREATE_COMPLETE', '- UPDATE_IN_PROGRESS'],
      ...[
        'b UPDATE_ROLLBACK_IN_PROGRESS',
        'b UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
        'b UPDATE_ROLLBACK_COMPLETE',
      ],
    ),
  );
  expect(found.map(({ id, state, endedAt }) => [id, state, endedAt])).toEqual([
    ['op-1', 'went-back', '2026-11-22T02:04:00.000Z'],
    ['a', 'completed', '2026-11-22T02:01:00.000Z'],
  ]);
  expect(found[0]?.rollbacks).toEqual(['b']);
  expect(stableBefore(found)?.id).toBe('a');
});

it('counts each rollback of an operation once', () => {
  const [newest] = operationsIn(
    events(
      ...['a UPDATE_IN_PROGRESS', 'b UPDATE_ROLLBACK_IN_PROGRESS', 'b UPDATE_ROLLBACK_FAILED'],
      ...['c UPDATE_ROLLBACK_IN_PROGRESS', 'c UPDATE_ROLLBACK_FAILED'],
    ),
  );
  expect([newest?.state, newest?.rollbacks]).toEqual(['stuck', ['b', 'c']]);
});

it('was cancelled only where a caller other than Lastgood ended it in flight', () => {
  const isCancelled = (...said: readonly string[]) =>
    operationsIn(events(...said).map((one) => ({ ...one, reason: 'User Initiated' })))[0]?.isCancelled;
  const [begun, back] = ['a UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'];
  expect(isCancelled(begun)).toBe(false);
  expect(isCancelled(begun, `a ${back}`)).toBe(true);
  expect(isCancelled(begun, `- ${back}`, '- UPDATE_ROLLBACK_FAILED')).toBe(true);
  expect(isCancelled(begun, `lastgood-e1-cancel-update ${back}`)).toBe(false);
  expect(isCancelled(begun, 'a UPDATE_FAILED', `b ${back}`)).toBe(false);
});

it('whose beginning was not read is known by its end, and is no newer one', async () => {
  const all = events('a UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'a UPDATE_COMPLETE');
  expect(operationsIn(all).map(({ id, state }) => [id, state])).toEqual([['a', 'completed']]);
  expect(await newestOf({ events: () => Promise.resolve(all) }, 'id')).toBeNull();
});
