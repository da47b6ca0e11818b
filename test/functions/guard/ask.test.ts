import { expect, test, vi } from 'vitest';
import { ask } from '../../../functions/guard/ask.ts';
import { planHash } from '../../../src/approvals/plan-hash.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import type { StepCall } from '../../../src/lambda/steps.ts';
import type { Tend } from '../../../src/lambda/storms.ts';
import type { Claims } from '../../../src/ledger/claims.ts';
import type { Storms } from '../../../src/ledger/storms.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { HeardMore } from '../../../src/rollback/errors.ts';
import { BAD, BY_ALARM, GOOD, NOW, planOf, TARGET } from '../../src/rollback/judge-facts.ts';

const rollback: Planned = {
  request: BY_ALARM,
  execution: 'one',
  claim: { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW },
  plan: planOf(),
  verdict: {
    verdict: 'ask',
    at: NOW,
    reasons: ['A person decides.'],
    countdownSeconds: 600,
    onSilence: 'stay',
  },
};

function asking() {
  const order: string[] = [];
  const keep = vi.fn<Claims['ask']>().mockImplementation(() => Promise.resolve(void order.push('kept')));
  const emit = vi
    .fn<Emitter['emit']>()
    .mockImplementation(() => Promise.resolve(void order.push('published')));
  const asks = vi.fn<Storms['asks']>().mockImplementation(() => Promise.resolve(void order.push('joined')));
  const tend = vi.fn<Tend>().mockImplementation(() => Promise.resolve(void order.push('tended')));
  const run = (call: Partial<StepCall> = {}) =>
    ask(
      {
        readPause: () => Promise.resolve(null),
        claims: { ask: keep },
        emitter: { emit } as Emitter,
        storms: { asks },
        tend,
      },
      () => NOW,
    )({ verb: 'ask', rollback, token: 'token-1', ...call });
  return { run, keep, emit, order, asks, tend };
}

test('keeps the token, and then asks on the bus without it', async () => {
  const { run, keep, emit, order } = asking();
  await run();
  expect(order).toEqual(['kept', 'published', 'published', 'published']);
  expect(emit.mock.calls.map(([type]) => type)).toEqual([
    'Rollback Started',
    'Rollback Planned',
    'Rollback Approval Requested',
  ]);
  expect(keep).toHaveBeenCalledWith(TARGET, 'one', 'token-1', '2026-11-22T03:15:00.000Z', {
    plan: planHash(planOf()),
    approvals: 1,
    askedAt: NOW,
    heard: 0,
    again: 0,
  });
  expect(emit).toHaveBeenLastCalledWith('Rollback Approval Requested', {
    version: '1',
    target: TARGET,
    execution: 'one',
    reasons: ['A person decides.'],
    from: BAD,
    to: GOOD,
    rungs: planOf().rungs,
    askedAt: NOW,
    answerBy: '2026-11-22T03:15:00.000Z',
    onSilence: 'stay',
  });
  expect(JSON.stringify(emit.mock.calls)).not.toContain('token-1');
});

test('asks nothing when the token could not be kept', async () => {
  const { run, keep, emit } = asking();
  keep.mockRejectedValue(new Error('claim lost'));
  await expect(run()).rejects.toThrow('claim lost');
  expect(emit).not.toHaveBeenCalled();
});

test('a question that cannot be published has failed', async () => {
  const { run, emit } = asking();
  emit.mockRejectedValue(new Error('bus down'));
  await expect(run()).rejects.toThrow('bus down');
});

test('a question that cannot be published is answered by silence, where silence means go', async () => {
  const { run, keep, emit } = asking();
  emit.mockRejectedValue(new Error('bus down'));
  await run({ rollback: { ...rollback, verdict: { ...rollback.verdict, onSilence: 'go' } as never } });
  expect(keep).toHaveBeenCalledOnce();
});

test('says what was weighed, and how many questions another trigger ended before', async () => {
  const { run, keep, emit } = asking();
  const verdict = { ...rollback.verdict, confidence: 0.7, heard: 4, again: 2 } as never;
  await run({ rollback: { ...rollback, verdict } });
  expect(keep.mock.calls[0]?.[4]).toMatchObject({ heard: 4, again: 2 });
  expect(emit).toHaveBeenLastCalledWith(
    'Rollback Approval Requested',
    expect.objectContaining({ confidence: 0.7, again: 2 }),
  );
});

test('asks nothing where another trigger came since the judgement', async () => {
  const { run, keep, emit } = asking();
  keep.mockRejectedValue(new HeardMore('triggered again'));
  await expect(run()).rejects.toThrow(HeardMore);
  expect(emit).not.toHaveBeenCalled();
});

test('a member of a storm joins its one question, after its token is kept', async () => {
  const { run, order, asks, tend, emit } = asking();
  const storm = { id: 'one', role: 'member', since: NOW } as const;
  const verdict = { ...rollback.verdict, storm: 'one', own: true } as Planned['verdict'];
  await run({ rollback: { ...rollback, claim: { ...rollback.claim, storm }, verdict } });
  expect(order).toEqual(['kept', 'joined', 'tended', 'published', 'published']);
  expect(emit.mock.calls.map(([type, detail]) => [type, (detail as { storm?: string }).storm])).toEqual([
    ['Rollback Started', 'one'],
    ['Rollback Planned', 'one'],
  ]);
  const held = { target: TARGET, at: BY_ALARM.trigger!.at, execution: 'one', storm };
  const question = {
    ...{ plan: planHash(planOf()), askedAt: NOW, answerBy: '2026-11-22T03:15:00.000Z' },
    ...{ own: true, approvals: 1 },
  };
  expect(asks).toHaveBeenCalledExactlyOnceWith(held, question, expect.anything(), NOW);
  expect(tend).toHaveBeenCalledExactlyOnceWith('one', NOW);
  const frozen = { ...verdict, asks: ['isOutsideStorm', 'isNotFrozen'] };
  await run({ rollback: { ...rollback, claim: { ...rollback.claim, storm }, verdict: frozen } });
  expect(asks).toHaveBeenLastCalledWith(held, { ...question, frozen: true }, expect.anything(), NOW);
});
