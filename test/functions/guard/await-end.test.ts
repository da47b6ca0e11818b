import { expect, test, vi } from 'vitest';
import { awaitEnd } from '../../../functions/guard/await-end.ts';
import type { Waits } from '../../../src/ledger/waits.ts';
import type { Rollback, Settled } from '../../../src/rollback/document.ts';

const NOW = '2026-11-22T03:00:00.000Z';
const pending: Settled = { state: 'pending', summary: '1 of 2', polls: 1, pollAgainInSeconds: 30 };

function awaiting(settled: Settled | undefined, token?: string) {
  const begin = vi.fn<Waits['begin']>().mockResolvedValue();
  const request = { target: 'ecs:prod/checkout', reason: 'It hurts.' };
  const rollback: Rollback = { request, ...(settled && { settled }) };
  const call = { verb: 'await', rollback, ...(token !== undefined && { token }) };
  return { done: awaitEnd({ begin }, () => NOW)(call), begin };
}

test('stores the token under the target of the awaited event, until the next poll', async () => {
  const { done, begin } = awaiting({ ...pending, awaits: 'codedeploy:shop/fleet' }, 'token-1');
  await done;
  expect(begin).toHaveBeenCalledExactlyOnceWith(
    'codedeploy:shop/fleet',
    'token-1',
    '2026-11-22T03:00:30.000Z',
  );
});

test.each([
  ['token', { ...pending, awaits: 'ecs:prod/checkout' }, undefined],
  ['settled', pending, 'token-1'],
  ['settled', undefined, 'token-1'],
] as const)('refuses a call without %s', async (field, settled, token) => {
  const { done, begin } = awaiting(settled, token);
  await expect(done).rejects.toMatchObject({ name: 'InvalidRequest', field });
  expect(begin).not.toHaveBeenCalled();
});
