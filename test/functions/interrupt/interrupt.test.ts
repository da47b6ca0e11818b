import { expect, test, vi } from 'vitest';
import { interrupt } from '../../../functions/interrupt/interrupt.ts';
import type { Reply } from '../../../src/approvals/reply.ts';
import type { Waiting } from '../../../src/approvals/waiting.ts';
import { BY_ALARM, BY_ALERT, BY_HAND, NOW, TARGET } from '../../src/rollback/judge-facts.ts';

const about = { plan: 'a'.repeat(64), approvals: 1, askedAt: NOW, heard: 0, again: 0 } as const;
const WAITING: Waiting = { token: 'token-1', about, request: BY_ALERT, alsoTriggeredBy: [BY_ALARM] };

function interrupting(waiting: Waiting | null, replied: 'answered' | 'too-late' = 'answered') {
  const reply = vi.fn<Reply>().mockResolvedValue(replied);
  const at = vi.fn().mockResolvedValue(waiting);
  // The trigger in the execution's own input is not the one that is judged.
  const rollback = { request: { target: TARGET, reason: 'trust me' } };
  const run = interrupt({ waiting: { at }, reply }, () => NOW);
  return { done: run({ verb: 'interrupt', rollback }), reply, at };
}

test('ends the question with the trigger in the record', async () => {
  const { done, reply, at } = interrupting(WAITING);
  expect(await done).toEqual({ state: 'judged-again' });
  expect(at).toHaveBeenCalledWith(TARGET);
  expect(reply).toHaveBeenCalledExactlyOnceWith('token-1', {
    answer: 'judge-again',
    at: NOW,
    request: BY_ALARM,
  });
});

test('ends it with the most important trigger', async () => {
  const { done, reply } = interrupting({ ...WAITING, alsoTriggeredBy: [BY_HAND, BY_ALARM] });
  await done;
  expect(reply.mock.calls[0]?.[1]).toMatchObject({ request: BY_HAND });
});

test.each<[string, Waiting | null, string]>([
  ['none is open', null, 'no-question'],
  ['the judge knew the trigger', { ...WAITING, about: { ...about, heard: 1 } }, 'heard'],
  ['three were ended before', { ...WAITING, about: { ...about, again: 3 } }, 'too-often'],
  [
    'the trigger wants another revision',
    { ...WAITING, alsoTriggeredBy: [{ ...BY_HAND, revision: 'revision-7' }] },
    'heard',
  ],
])('leaves the question alone if %s', async (_, waiting, state) => {
  const { done, reply } = interrupting(waiting);
  expect(await done).toEqual({ state });
  expect(reply).not.toHaveBeenCalled();
});

test('says so if an answer came first', async () => {
  expect(await interrupting(WAITING, 'too-late').done).toEqual({ state: 'no-question' });
});

test('is retried if Step Functions does not answer', async () => {
  const reply = vi.fn<Reply>().mockRejectedValue(new Error('throttled'));
  const run = interrupt({ waiting: { at: () => Promise.resolve(WAITING) }, reply }, () => NOW);
  await expect(run({ verb: 'interrupt', rollback: { request: BY_ALARM } })).rejects.toThrow('throttled');
});
