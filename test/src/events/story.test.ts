import { describe, expect, it } from 'vitest';
import { courseOf, endedOf } from '../../../src/events/ended.ts';
import { stepsOf, unpublishedOf } from '../../../src/events/story.ts';
import { publishAll } from '../../../src/events/publish.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { LookoutTrigger } from '../../../src/rollback/request.ts';
import { AT, ready, request } from '../rollback/documents.ts';
import { omit } from '../rollback/judge-facts.ts';
import { rememberingEmitter } from './published.ts';

const claim = { kind: 'ecs', holder: 'one', since: AT, expiresAt: AT };
const verdict = { verdict: 'act', at: AT, reasons: ['It began before.'] } as const;
const reverting: Rollback = {
  ...{ request, claim, plan: ready, verdict },
  stopped: { state: 'left-to-revert', deployment: 'bad', reason: 'it came from another' },
  reverted: { state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: AT, left: [] },
};
const evidence = { Error: 'States.Timeout' };
const keysOf = (rollback: Rollback) => unpublishedOf(rollback).map(({ key }) => key);

describe('the steps of a rollback', () => {
  it('are none before its target is claimed', () => {
    expect(stepsOf({ request: { target: 42 } as never })).toEqual([]);
  });

  it('are published as their schemas say', async () => {
    const { emitter, published } = rememberingEmitter();
    const at = '2026-11-22T04:00:00+01:00';
    const asked = { ...request, trigger: { type: 'alarm', id: 'x', at, alarm: 'checkout-5xx' } as const };
    const steps = stepsOf({ ...reverting, request: asked });
    await publishAll(
      emitter,
      steps.map(({ event }) => event),
    );
    expect(published).toMatchObject([
      { type: 'Rollback Started', detail: { trigger: { type: 'alarm', of: 'checkout-5xx', at: AT } } },
      { type: 'Rollback Planned', detail: { plan: 'ready', verdict: { verdict: 'act' } } },
      { type: 'Rollback Stopped', detail: { state: 'left-to-revert', reason: 'it came from another' } },
      { type: 'Rollback Reverted', detail: { number: 1, rungs: 1, rung: { name: 'redeploy' } } },
    ]);
  });

  it('say what the lookout saw that started it, and so does the end', async () => {
    const { emitter, published } = rememberingEmitter();
    const saw = ['3 tasks crashed.'];
    const trigger: LookoutTrigger = {
      ...({ type: 'lookout', id: 'x', at: AT, deployment: 'bad', revision: 'r2' } as const),
      ...({ since: AT, by: 'control' } as const),
      saw,
    };
    const rollback = { ...reverting, request: { ...request, trigger } };
    const outcome = { state: 'rolled-back', at: AT, reason: 'It runs again.', advice: [] } as const;
    const [started] = stepsOf(rollback);
    const end = endedOf({ target: 't', execution: 'one', outcome, course: courseOf(rollback) });
    await publishAll(emitter, [started!.event, end]);
    expect(published).toMatchObject([
      { type: 'Rollback Started', detail: { trigger: { type: 'lookout', of: 'bad', saw } } },
      { type: 'Rollback Succeeded', detail: { saw } },
    ]);
    expect(courseOf(reverting)).not.toHaveProperty('saw');
    expect(courseOf(reverting)).not.toHaveProperty('triage');
  });

  it('say for what a rollback waits', async () => {
    const { emitter, published } = rememberingEmitter();
    const turn = { at: AT, quota: 'ecs service modify', ahead: 30, isLong: true } as const;
    const [, planned] = stepsOf({ ...reverting, verdict: { ...verdict, turn } });
    await publishAll(emitter, [planned!.event]);
    expect(published[0]?.detail).toHaveProperty('turn', omit(turn, 'isLong'));
  });

  it('say that no rollout was in flight where the workflow passed over Stop', () => {
    const passedOver = omit(reverting, 'stopped');
    const plan = { ...ready, inFlight: false };
    const approval = { answer: 'approved', by: 'U1', at: AT } as const;
    const [, , stopped] = stepsOf({ ...passedOver, plan, approval });
    expect(stopped?.event.detail).toMatchObject({ state: 'not-running', approval: { by: 'U1' } });
    expect(keysOf({ ...passedOver, plan })).toEqual(['Started', 'Planned', 'Stopped', 'Reverted 1']);
    expect(keysOf(passedOver)).toEqual(['Started', 'Planned', 'Reverted 1']);
    expect(keysOf({ ...omit(passedOver, 'reverted'), plan })).toEqual(['Started', 'Planned']);
  });

  it('have a plan without a way back too', () => {
    const plan = { state: 'no-way-back', at: AT, tags: {}, reason: 'Nothing was ever proven.' } as const;
    const [, planned] = stepsOf({ request, claim, plan, verdict });
    expect(planned?.event.detail).toMatchObject({ plan: 'no-way-back', reason: plan.reason, rungs: [] });
  });
});

describe('the unpublished steps', () => {
  it('are all steps if none was published', () => {
    expect(keysOf(reverting)).toEqual(['Started', 'Planned', 'Stopped', 'Reverted 1']);
    const failed = { Error: 'States.Timeout' };
    expect(keysOf({ ...reverting, gathered: { evidence, published: failed } })).toHaveLength(4);
  });

  it('are the rung that followed the published steps', () => {
    const published = ['Started', 'Planned', 'Stopped', 'Reverted 1'];
    const second = { ...ready, rungs: [ready.rungs[0], ready.rungs[0]] } as const;
    const reverted = { ...reverting.reverted, rung: 1 } as Rollback['reverted'];
    const gathered = { evidence, published };
    expect(keysOf({ ...reverting, plan: second, ...(reverted && { reverted }), gathered })).toEqual([
      'Reverted 2',
    ]);
  });

  it('are those after the last wait that published any', () => {
    const error = { Error: 'States.DataLimitExceeded' };
    const gathered = { evidence, published: ['Started', 'Planned'] };
    const announced = { published: ['Started', 'Planned', 'Stopped'] };
    expect(keysOf({ ...reverting, gathered, announced })).toEqual(['Reverted 1']);
    expect(keysOf({ ...reverting, gathered, announced: { published: error } })).toHaveLength(2);
    expect(keysOf({ ...reverting, gathered: error })).toHaveLength(4);
  });

  it('are not those that were published with the question', () => {
    const approval = { answer: 'approved', by: 'U1', at: AT } as const;
    expect(keysOf({ ...reverting, approval })).toEqual(['Stopped', 'Reverted 1']);
  });

  it('are all steps after silence that means go, because the question may not have been published', () => {
    const ask = { ...verdict, verdict: 'ask', countdownSeconds: 60, onSilence: 'go' } as const;
    const approval = { Error: 'States.Timeout' };
    expect(keysOf({ ...reverting, verdict: ask, approval })).toHaveLength(4);
    expect(keysOf({ ...reverting, approval })).toHaveLength(4);
    const again = { ...ask, onSilence: 'stay' } as const;
    expect(keysOf({ ...reverting, verdict: again, approval })).toHaveLength(2);
    expect(keysOf({ ...reverting, verdict: again, approval, error: { Error: 'Unavailable' } })).toHaveLength(
      4,
    );
  });

  it('are all steps after another trigger ended the question, because the plan was judged again', () => {
    const approval = { answer: 'judge-again', at: AT, request } as const;
    expect(keysOf({ ...reverting, approval })).toHaveLength(4);
    const ask = { ...verdict, verdict: 'ask', countdownSeconds: 60, onSilence: 'stay' } as const;
    expect(keysOf({ ...reverting, verdict: ask, approval })).toHaveLength(4);
  });

  it('are those after the wait for its turn', () => {
    const awaited = { published: ['Started', 'Planned'] };
    expect(keysOf({ ...reverting, awaited })).toEqual(['Stopped', 'Reverted 1']);
    expect(keysOf({ ...reverting, awaited, looked: { published: ['Started'] } })).toHaveLength(2);
    expect(keysOf({ ...reverting, awaited: { published: { Error: 'States.Timeout' } } })).toHaveLength(4);
  });

  it('are the plan, but not the start, after a published look', () => {
    const looked = { published: ['Started', 'Planned'] };
    expect(keysOf({ ...reverting, looked })).toEqual(['Planned', 'Stopped', 'Reverted 1']);
    expect(keysOf({ ...reverting, looked: { published: { Error: 'States.Timeout' } } })).toHaveLength(4);
  });
});

it('a wait for alarms is published once for each rung, as its schema says', async () => {
  const waits = { alarms: ['slow'], since: AT, until: AT, isNews: true } as const;
  const poll = { state: 'pending', at: AT, verifyBy: AT, pollAgainInSeconds: 60, signs: [] } as const;
  const health = { ...poll, waits };
  expect(keysOf({ ...reverting, health: poll })).not.toContain('Waiting 1');
  expect(keysOf({ ...reverting, health, announced: { published: ['Waiting 1'] } })).not.toContain(
    'Waiting 1',
  );
  const failed = { state: 'failed', rung: 0, at: AT, reason: '!', left: [], more: false } as const;
  expect(keysOf({ ...reverting, health, reverted: failed })).not.toContain('Waiting 1');
  const { emitter, published } = rememberingEmitter();
  await publishAll(emitter, [stepsOf({ ...reverting, health }).at(-1)!.event]);
  expect(published).toMatchObject([
    { type: 'Rollback Waiting', detail: { number: 1, alarms: ['slow'], waitsSince: AT, waitsUntil: AT } },
  ]);
});

describe('what hinders the way back', () => {
  const pending = { state: 'pending', summary: '0 of 2', polls: 1, pollAgainInSeconds: 30 } as const;
  const settled = { ...pending, hindrance: 'ECS says: no room.', hinderedSince: AT } as const;

  it('is published once for each rung, as its schema says', async () => {
    expect(keysOf({ ...reverting, settled, gathered: { evidence, published: ['Started'] } })).toContain(
      'Hindered 1',
    );
    expect(keysOf({ ...reverting, settled, announced: { published: ['Hindered 1'] } })).not.toContain(
      'Hindered 1',
    );
    const { emitter, published } = rememberingEmitter();
    const last = stepsOf({ ...reverting, settled }).at(-1);
    await publishAll(emitter, [last!.event]);
    expect(published).toMatchObject([
      {
        type: 'Rollback Hindered',
        detail: { number: 1, says: 'ECS says: no room.', hinderedSince: AT, settleBy: AT },
      },
    ]);
  });

  it.each<[string, Partial<Rollback>]>([
    ['nothing hinders it', { settled: pending }],
    ['no poll was made', {}],
    ['it settled', { settled: { state: 'settled', at: AT, summary: '2 of 2' } }],
    [
      'it never began',
      { settled, reverted: { state: 'failed', rung: 0, at: AT, reason: '!', left: [], more: false } },
    ],
  ])('is no step where %s', (_, slices) => {
    expect(keysOf({ ...reverting, ...slices })).not.toContain('Hindered 1');
  });
});

describe('a published verdict', () => {
  it.each<[Rollback['verdict'], object]>([
    [
      { ...verdict, confidence: 0.93, looks: 2, again: 1 },
      { confidence: 0.93, looks: 2, again: 1 },
    ],
    [
      { ...verdict, verdict: 'look-again', lookAgainInSeconds: 150, looks: 1 },
      { verdict: 'look-again', looks: 1, lookAgainAt: '2026-11-22T03:02:30.000Z' },
    ],
  ])('%j', async (judged, says) => {
    const { emitter, published } = rememberingEmitter();
    const [, planned] = stepsOf({ request, claim, plan: ready, ...(judged && { verdict: judged }) });
    await publishAll(emitter, [planned!.event]);
    expect(published[0]?.detail).toMatchObject({ verdict: says });
  });
});

describe('the storm of a rollback', () => {
  const inStorm = (role: 'first' | 'member') =>
    stepsOf({ ...reverting, claim: { ...claim, storm: { id: 'one', role, since: AT } } });

  it('is named by all events of a member, and by none of the first', () => {
    expect(inStorm('member').map(({ event }) => event.detail)).toEqual(
      Array(4).fill(expect.objectContaining({ storm: 'one' })),
    );
    for (const { event } of inStorm('first')) expect(event.detail).not.toHaveProperty('storm');
  });
});
