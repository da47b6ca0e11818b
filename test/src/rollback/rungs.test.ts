import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Planned, Settled, Started } from '../../../src/rollback/document.ts';
import type { Poll, RevertResult } from '../../../src/rollback/mechanism.ts';
import { gone } from '../../../src/rollback/gone.ts';
import { currentRung, recordPoll, recordRevert } from '../../../src/rollback/rungs.ts';
import type { HeldBack } from '../../../src/rollback/pause.ts';
import { CLAIM_HOURS } from '../../../src/ledger/dynamodb-claims.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import { AT, ready } from './documents.ts';

function planned(count: number): Planned {
  const rungs = Array.from({ length: count }, (_, i) => ({
    name: `rung-${i}`,
    does: '…',
    withinSeconds: 600,
  }));
  return { plan: { ...ready, rungs } } as unknown as Planned;
}

const started: RevertResult = { state: 'started', deployment: 'back' };

/** Goes on as the state machine does: a rung that fails is left for the next one, until one settles or none is left. */
function climb(
  rollback: Planned,
  answers: readonly (RevertResult | Poll)[],
): { rungs: number[]; last: Planned } {
  const rungs: number[] = [];
  let doc = rollback;
  for (const answer of answers) {
    const reverting =
      doc.reverted === undefined || doc.reverted.state === 'failed' || doc.settled?.state === 'failed';
    if (reverting && answer.state !== 'settled') {
      rungs.push(currentRung(doc));
      doc = { plan: doc.plan, reverted: recordRevert(doc, answer as RevertResult, AT) } as Planned;
      if (doc.reverted?.state === 'failed' && !doc.reverted.more) break;
    } else if (!reverting) {
      doc = { ...doc, settled: recordPoll(doc as Planned & { reverted: Started }, answer as Poll, AT) };
      if (doc.settled?.state === 'settled' || (doc.settled?.state === 'failed' && !doc.settled.more)) break;
    }
  }
  return { rungs, last: doc };
}

describe('the ladder', () => {
  it('is climbed one rung at a time and never beyond its end', () => {
    const answers = fc.array(
      fc.constantFrom<RevertResult | Poll>(
        started,
        { state: 'failed', reason: 'no' },
        { state: 'settled', summary: 'ok' },
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), answers, (count, given) => {
        const { rungs } = climb(planned(count), given);
        expect(rungs).toEqual(rungs.map((_, i) => i));
        expect(rungs.length).toBeLessThanOrEqual(count);
      }),
    );
  });

  it('remembers that a rung wrote before it was refused, whatever the next one answers', () => {
    const refused: RevertResult = { state: 'failed', reason: 'no' };
    const first = recordRevert(planned(3), { ...refused, touched: true }, AT);
    expect(first).toMatchObject({ state: 'failed', touched: true });
    expect(recordRevert({ ...planned(3), reverted: first }, refused, AT)).toMatchObject({
      rung: 1,
      touched: true,
    });
    const other = recordRevert(planned(3), refused, AT);
    expect(recordRevert({ ...planned(3), reverted: other }, refused, AT)).not.toHaveProperty('touched');
  });

  it('remembers every rung that was left, and why', () => {
    const doc = {
      ...planned(3),
      reverted: recordRevert(planned(3), { state: 'failed', reason: 'gone' }, AT),
    };
    const second = recordRevert(doc, started, AT);
    expect(second).toMatchObject({ rung: 1, left: [{ rung: 0, reason: 'gone' }] });
    const late = {
      ...doc,
      reverted: second,
      settled: { state: 'failed', reason: 'late', more: true } as const,
    };
    expect(recordRevert(late, started, AT)).toMatchObject({
      rung: 2,
      left: [
        { rung: 0, reason: 'gone' },
        { rung: 1, reason: 'late' },
      ],
    });
  });

  it('gives a further write on the same rung no more time', () => {
    const reverted = recordRevert(planned(2), started, AT) as Started;
    const due = { ...planned(2), reverted, settled: { state: 'due', summary: '1 of 2 moved' } } as Planned;
    expect(currentRung(due)).toBe(0);
    expect(recordRevert(due, started, after(AT, 300))).toMatchObject({ rung: 0, settleBy: after(AT, 600) });
    const failed = { ...due, reverted: recordRevert(planned(2), { state: 'failed', reason: 'no' }, AT) };
    expect(recordRevert(failed, started, after(AT, 300))).toMatchObject({
      rung: 1,
      settleBy: after(AT, 900),
    });
  });

  it('keeps what a person must change first, where a rung ran out of time', () => {
    const pending: Poll = { state: 'pending', summary: '0 of 1', cure: 'Make room.' };
    const begun = { ...planned(2), reverted: recordRevert(planned(2), started, AT) as Started };
    expect(recordPoll(begun, pending, after(AT, 10))).not.toHaveProperty('cure');
    expect(recordPoll(begun, pending, after(AT, 700))).toMatchObject({ state: 'failed', cure: 'Make room.' });
    expect(recordPoll(begun, { state: 'pending', summary: '0 of 1' }, after(AT, 700))).not.toHaveProperty(
      'cure',
    );
  });

  it('gives a rung its time once more if its next write is due too late, as after ten minutes without Lambda', () => {
    const due: Poll = { state: 'due', summary: '1 of 2 moved' };
    const begun = { ...planned(2), reverted: recordRevert(planned(2), started, AT) as Started };
    const settled = recordPoll(begun, due, after(AT, 700));
    expect(settled).toEqual({ ...due, at: after(AT, 700) });
    const again = recordRevert({ ...begun, settled }, started, after(AT, 701)) as Started;
    expect(again).toMatchObject({ rung: 0, settleBy: after(AT, 1301), extended: true });
    const on = { ...begun, reverted: again, settled: recordPoll(begun, due, after(AT, 800)) };
    const third = recordRevert(on, started, after(AT, 900)) as Started;
    expect(third).toMatchObject({ settleBy: after(AT, 1301), extended: true });
    const late = { state: 'failed', reason: expect.stringContaining('did not settle by') as string };
    expect(recordPoll({ ...begun, reverted: third }, due, after(AT, 1302))).toMatchObject(late);
    expect(recordPoll({ ...begun, reverted: again, settled }, due, after(AT, 1302))).toMatchObject(late);
    expect(recordPoll(begun, { ...due, state: 'pending' }, after(AT, 700))).toMatchObject(late);
  });

  it('gives a rung that the plan does not have no time', () => {
    const beyond = {
      ...planned(1),
      reverted: recordRevert(planned(1), { state: 'failed', reason: 'no' }, AT),
    };
    expect(recordRevert(beyond, started, AT)).toMatchObject({ rung: 1, settleBy: AT });
  });

  it('has no other rung where the target was deleted', () => {
    const begun = { ...planned(2), reverted: recordRevert(planned(2), started, AT) as Started };
    const failed = { state: 'failed', reason: 'no' } as const;
    expect(recordPoll(begun, failed, AT)).toMatchObject({ more: true });
    expect(recordPoll(begun, gone('no'), AT)).toMatchObject({ ...failed, more: false, isGone: true });
  });

  it('says whether there is another rung', () => {
    expect(recordRevert(planned(1), { state: 'failed', reason: 'no' }, AT)).toMatchObject({ more: false });
    expect(recordRevert(planned(2), { state: 'failed', reason: 'no' }, AT)).toMatchObject({ more: true });
  });
});

function long(settled: Settled | undefined, hours: number): Planned & { readonly reverted: Started } {
  const [rung] = ready.rungs;
  const doc = { plan: { ...ready, rungs: [{ ...rung, withinSeconds: hours * 3600 }] } } as unknown as Planned;
  const reverted = recordRevert(doc, started, AT) as Started;
  return { ...doc, reverted, ...(settled && { settled }) };
}

describe('one poll', () => {
  const reverted = recordRevert(planned(2), started, AT) as Started;
  const on = (rest: Partial<Planned> = {}) => ({ ...planned(2), ...rest, reverted });
  const pending: Poll = { state: 'pending', summary: '1 of 2' };

  it('comes less often the longer it takes', () => {
    const waits: number[] = [];
    let settled: Settled | undefined;
    for (let i = 0; i < 4; i++) {
      settled = recordPoll(on(settled && { settled }), pending, AT);
      if (settled.state === 'pending') waits.push(settled.pollAgainInSeconds);
    }
    expect(waits).toEqual([30, 60, 60, 60]);
  });

  describe.each([
    // Settle (5), Settled (2), SettleWait (2).
    ['plain waits', {}, 9, 0.01],
    // Settle (5), Settled (2), AwaitEnd (6) that fails, SettleWait (2).
    ['waits for an event', { awaits: 'ecs:prod/checkout' }, 15, 0.02],
  ])('with %s', (_, awaits, events, share) => {
    it.each([
      ['an hour', 1],
      ['two days', 48],
      // A linear strategy of 34 steps (3 % each) that bake for a day, and a day at the end.
      ['five weeks', 35 * 24],
    ])('fits into one execution and keeps its claim on a rung of %s', (_, hours) => {
      const waits: number[] = [];
      let settled: Settled | undefined;
      for (let now: Instant = AT; !isAfter(now, after(AT, hours * 3600));) {
        settled = recordPoll(long(settled, hours), { ...pending, ...awaits }, now);
        if (settled.state !== 'pending') throw new Error(settled.state);
        waits.push(settled.pollAgainInSeconds);
        now = after(now, settled.pollAgainInSeconds);
      }
      expect(events * waits.length).toBeLessThan(25_000 / 2);
      expect(Math.max(...waits)).toBeLessThanOrEqual(Math.max(60, hours * 3600 * share));
      expect(Math.max(...waits)).toBeLessThanOrEqual((CLAIM_HOURS * 3600) / 2);
    });
  });

  it('says what it awaits, and comes sooner again when that has ended', () => {
    const awaiting: Poll = { ...pending, awaits: 'ecs:prod/checkout' };
    const first = recordPoll(on(), awaiting, AT);
    const second = recordPoll(on({ settled: first }), awaiting, AT);
    const third = recordPoll(on({ settled: second }), pending, AT);
    expect([first, second, third]).toMatchObject([
      { awaits: 'ecs:prod/checkout', polls: 1, pollAgainInSeconds: 30 },
      { awaits: 'ecs:prod/checkout', polls: 2, pollAgainInSeconds: 60 },
      { polls: 1, pollAgainInSeconds: 30 },
    ]);
    expect(third).not.toHaveProperty('awaits');
  });

  it('counts on where the look before was put off, and so awaited nothing', () => {
    const awaiting: Poll = { ...pending, awaits: 'ecs:prod/checkout' };
    const first = recordPoll(on(), awaiting, AT);
    const putOff = { ...first, awaits: undefined } as unknown as Settled;
    expect(recordPoll(on({ settled: putOff }), awaiting, AT)).toMatchObject({ polls: 2 });
  });

  it('that finds the rung late leaves it', () => {
    expect(recordPoll(on(), pending, after(AT, 600))).toMatchObject({ state: 'pending' });
    expect(recordPoll(on(), pending, after(AT, 601))).toMatchObject({ state: 'failed', more: true });
  });

  it('keeps since when it has been settled', () => {
    const settled = recordPoll(on(), { state: 'settled', summary: 'ok' }, AT);
    const again = recordPoll(on({ settled }), { state: 'settled', summary: 'ok' }, after(AT, 30));
    expect(again).toMatchObject({ state: 'settled', at: AT });
    const stirred = recordPoll(on({ settled: again }), pending, after(AT, 60));
    const anew = recordPoll(on({ settled: stirred }), { state: 'settled', summary: 'ok' }, after(AT, 65));
    expect(anew).toMatchObject({ state: 'settled', at: after(AT, 65) });
  });

  it('gives a rung that was settled, and stirs in the proof, until the end of the proof', () => {
    const health = {
      state: 'pending',
      at: after(AT, 500),
      verifyBy: after(AT, 1500),
      pollAgainInSeconds: 30,
    } as const;
    const proving = on({ health: { ...health, signs: [] } });
    expect(recordPoll(proving, pending, after(AT, 1500))).toMatchObject({ state: 'pending' });
    expect(recordPoll(proving, pending, after(AT, 1501))).toMatchObject({ state: 'failed', more: true });
  });

  it('is news once where AWS says what hinders it', () => {
    const hindered: Poll = { ...pending, hindrance: 'ECS says: no room.' };
    const first = recordPoll(on(), hindered, AT);
    expect(first).toMatchObject({ hindrance: 'ECS says: no room.', hinderedSince: AT, isNews: true });
    const second = recordPoll(on({ settled: first }), hindered, after(AT, 30));
    expect(second).toMatchObject({ hindrance: 'ECS says: no room.', hinderedSince: AT });
    expect(second).not.toHaveProperty('isNews');
    const gone = recordPoll(on({ settled: second }), pending, after(AT, 60));
    expect(gone).toMatchObject({ hinderedSince: AT });
    expect(gone).not.toHaveProperty('hindrance');
    expect(recordPoll(on({ settled: gone }), hindered, after(AT, 90))).not.toHaveProperty('isNews');
    expect(recordPoll(on(), pending, AT)).not.toHaveProperty('hinderedSince');
  });

  it('that a further write is due for asks for it once; then time has to pass first', () => {
    const due: Poll = { state: 'due', summary: '1 of 2 moved' };
    expect(recordPoll(on(), due, AT)).toEqual({ ...due, at: AT });
    const again = recordPoll(on({ settled: due as Settled }), due, AT);
    expect(again).toMatchObject({
      state: 'pending',
      summary: '1 of 2 moved',
      polls: 1,
      pollAgainInSeconds: 30,
    });
  });

  it('that found its due step done, without a write of Lastgood since, says so at each later poll', () => {
    const settled: Poll = { state: 'settled', summary: 'blue has the traffic' };
    const due: Settled = { state: 'due', at: after(AT, 30), summary: 'blue has grown' };
    const found = recordPoll(on({ settled: due }), settled, after(AT, 600));
    expect(found).toEqual({ ...settled, at: after(AT, 600), byAnother: true });
    expect(recordPoll(on({ settled: found }), settled, after(AT, 630))).toEqual(found);
    const written = { ...on({ settled: due }), reverted: { ...on().reverted, at: after(AT, 31) } };
    expect(recordPoll(written, settled, after(AT, 60))).toEqual({ ...settled, at: after(AT, 60) });
  });

  it('is over where another deployment overtook the way back', () => {
    const overtaken: Poll = {
      state: 'overtaken',
      by: 'checkout:43',
      summary: 'checkout:43 was deployed',
    } as never;
    expect(recordPoll(on(), overtaken, AT)).toBe(overtaken);
  });

  it('does not give that time to the next rung', () => {
    const health = {
      state: 'pending',
      at: after(AT, -60),
      verifyBy: after(AT, 1500),
      pollAgainInSeconds: 30,
    } as const;
    expect(recordPoll(on({ health: { ...health, signs: [] } }), pending, after(AT, 601))).toMatchObject({
      state: 'failed',
    });
  });
});

test('a rung is polled soon after it started, and sooner where evidence was gathered before', () => {
  const first = planned(2);
  const gathered = { at: AT, evidence: [] } as unknown as NonNullable<Planned['gathered']>;
  expect(recordRevert(first, started, AT)).toMatchObject({ pollInSeconds: 15 });
  expect(recordRevert({ ...first, gathered }, started, AT)).toMatchObject({ pollInSeconds: 5 });
});

describe('while Lastgood is paused, the deadline', () => {
  const order = { paused: true } as const;
  const waited = { state: 'resumed', at: after(AT, 3700), order, wrote: true, published: [] } as const;
  const paused: HeldBack = { ...waited, spans: [{ from: after(AT, 100), to: after(AT, 3700) }] };
  const due = { state: 'due', at: after(AT, 50), summary: 'blue has grown' } as const;
  const way: Started = {
    ...{ state: 'started', rung: 0, at: AT, deployment: 'back', left: [] },
    settleBy: after(AT, 600),
  };
  const proving = (verifyBy: Instant) =>
    ({ state: 'pending', at: after(AT, 50), verifyBy, pollAgainInSeconds: 60, signs: [] }) as const;

  it('of a rung stands still for its next write', () => {
    const document = { ...planned(1), reverted: way, settled: due, paused };
    expect(recordRevert(document, started, after(AT, 4000))).toMatchObject({ settleBy: after(AT, 4200) });
  });

  it.each([
    ['of the rung', undefined, 4200],
    ['of the rung, which is later than that of the proof,', proving(after(AT, 300)), 4200],
    ['of the proof', proving(after(AT, 900)), 4500],
  ])('%s stands still for a poll', (_, health, seconds) => {
    const document = { ...planned(1), reverted: way, paused, ...(health && { health }) };
    const polled = (at: number) =>
      recordPoll(document, { state: 'pending', summary: '1 of 2' }, after(AT, at)).state;
    expect([polled(seconds), polled(seconds + 1)]).toEqual(['pending', 'failed']);
  });
});
