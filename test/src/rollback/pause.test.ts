import { describe, expect, it } from 'vitest';
import type { Rollback } from '../../../src/rollback/document.ts';
import {
  droppedAfter,
  MAX_PAUSED_SECONDS,
  readPauseOrder,
  recordPause,
  withoutPause,
  wordsOfPause,
  writePauseOrder,
  type HeldBack,
  type PauseOrder,
} from '../../../src/rollback/pause.ts';
import { after } from '../../../src/rollback/time.ts';
import { AT } from './documents.ts';

const order: PauseOrder = { paused: true, because: 'the database moves', by: 'ada', at: AT };
const resumed: PauseOrder = { paused: false, by: 'ben', at: after(AT, 600) };
const started = { state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: AT, left: [] } as const;

describe('the value of the parameter', () => {
  it.each([order, resumed, { paused: true }, { paused: false }])('%j is read as it was written', (one) => {
    expect(readPauseOrder(writePauseOrder(one))).toEqual(one);
  });

  it.each([null, '', ' \n'])('%j pauses nothing', (value) => {
    expect(readPauseOrder(value)).toBeNull();
  });

  it.each(['resume', 'Resumed', ' off\n', 'NO', 'false', 'none', '0'])('%j by hand ends a pause', (value) => {
    expect(readPauseOrder(value)).toEqual({ paused: false });
  });

  it.each([
    ['the database moves\n', { paused: true, because: 'the database moves' }],
    ['{"paused": tru', { paused: true, because: '{"paused": tru' }],
    ['["off"]', { paused: true, because: '["off"]' }],
    ['{}', { paused: true }],
    ['{"paused": "false"}', { paused: true }],
    ['{"paused": true, "because": " ", "by": 7, "at": "soon"}', { paused: true }],
    ['{"paused": false, "at": "2026-11-22T04:00:00+01:00"}', { paused: false, at: AT }],
    ['x'.repeat(1001), { paused: true, because: `${'x'.repeat(999)}…` }],
  ])('%j is a pause unless it clearly ends one', (value, expected) => {
    expect(readPauseOrder(value)).toEqual(expected);
  });

  it.each([
    [order, `Lastgood is paused since ${AT} by ada: the database moves`],
    [{ paused: true }, 'Lastgood is paused'],
  ])('is said in one clause', (one, says) => {
    expect(wordsOfPause(one)).toBe(says);
    expect(wordsOfPause(one, 'was')).toBe(says.replace(' is ', ' was '));
  });
});

describe('a rollback that is held back', () => {
  /** Polls at these seconds with these orders, from a document. */
  const polled = (
    polls: readonly (readonly [seconds: number, order: PauseOrder | null])[],
    { wrote = false, ...rollback }: Pick<Rollback, 'reverted'> & { readonly wrote?: boolean } = {},
  ) => {
    let paused: HeldBack | undefined;
    for (const [seconds, one] of polls)
      paused = recordPause({ ...rollback, ...(paused && { paused }) }, one, wrote, after(AT, seconds));
    return paused!;
  };

  it('waits a minute between polls', () => {
    expect(polled([[0, order]])).toEqual({
      ...{ state: 'waiting', at: AT, order, wrote: false, spans: [{ from: AT }], published: [] },
      pollInSeconds: 60,
    });
  });

  it('remembers one span for one wait', () => {
    const { spans, state } = polled([
      [0, order],
      [60, order],
      [120, resumed],
    ]);
    expect([state, spans]).toEqual(['resumed', [{ from: AT, to: after(AT, 120) }]]);
  });

  it.each([null, resumed])('goes on when the order is %j, and remembers which one it met', (one) => {
    expect(
      polled([
        [0, order],
        [60, one],
      ]),
    ).toMatchObject({ state: 'resumed', order, next: 'plan' });
  });

  it('goes on at once when Lastgood was resumed before the first poll', () => {
    expect(polled([[0, resumed]])).toMatchObject({ state: 'resumed', order: { paused: true } });
  });

  it.each([
    ['plan', {}],
    ['plan', { reverted: started }],
    ['revert', { wrote: true }],
    ['revert', { wrote: true, reverted: { ...started, state: 'failed', reason: '!', more: true } as const }],
    ['settle', { wrote: true, reverted: started }],
  ] as const)('goes on with %s after %j', (next, rollback) => {
    expect(polled([[0, resumed]], rollback).next).toBe(next);
  });

  it('is over after four hours', () => {
    const end = polled(
      [
        [0, order],
        [MAX_PAUSED_SECONDS, order],
      ],
      { wrote: true },
    );
    expect(end).toMatchObject({ state: 'over', wrote: true });
    expect(end.pollInSeconds).toBeUndefined();
  });

  it('counts all its waits together', () => {
    const first = MAX_PAUSED_SECONDS / 2;
    const polls = [
      ...[
        [0, order],
        [first, resumed],
        [first + 600, order],
      ],
      ...[
        [2 * first + 599, order],
        [2 * first + 600, order],
      ],
    ] as [number, PauseOrder][];
    expect(polls.map((_, index) => polled(polls.slice(0, index + 1)).state)).toEqual([
      ...['waiting', 'resumed', 'waiting', 'waiting', 'over'],
    ]);
  });

  it('keeps what was published, but for the plan that a new one replaces', () => {
    const published = ['Started', 'Planned', 'Stopped', 'Paused 1'];
    const paused = { ...polled([[0, order]]), published };
    const next = (one: PauseOrder, wrote: boolean) => recordPause({ paused }, one, wrote, AT).published;
    expect(next(order, false)).toEqual(published);
    expect(next(resumed, true)).toEqual(published);
    expect(next(resumed, false)).toEqual(['Started', 'Paused 1']);
  });

  it('forgets the steps of a plan that changed nothing', () => {
    expect(droppedAfter(polled([[0, resumed]]))).toContain('reverted');
    expect(droppedAfter(polled([[0, resumed]], { wrote: true }))).toEqual([]);
  });
});

describe('a deadline', () => {
  const held = (...spans: HeldBack['spans']): HeldBack => ({
    ...{ state: 'resumed', at: AT, order, wrote: true, published: [] },
    spans,
  });
  const span = (from: number, to?: number) => ({
    from: after(AT, from),
    ...(to !== undefined && { to: after(AT, to) }),
  });
  const by = (paused: HeldBack | undefined) => withoutPause(after(AT, 600), AT, paused);

  it('moves by the time of the pauses since it was set', () => {
    expect(by(held(span(-100, -50), span(10, 110), span(200, 230)))).toBe(after(AT, 730));
  });

  it.each([undefined, held(), held(span(10))])('stays with no pause that ended: %j', (paused) => {
    expect(by(paused)).toBe(after(AT, 600));
  });
});
