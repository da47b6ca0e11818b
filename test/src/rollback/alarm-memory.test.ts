import { describe, expect, it } from 'vitest';
import { proveHealth, type Health, type Sign } from '../../../src/rollback/health.ts';
import { after } from '../../../src/rollback/time.ts';

const START = '2026-11-22T03:00:00.000Z';
const VERIFY_BY = after(START, 900);
const UNTIL = after(START, 3600);

const well: Sign = { of: 'target group blue', state: 'healthy', says: '4 of 4' };
const ill: Sign = { of: 'errors of target group blue', state: 'unhealthy', says: '40 %' };
const red: Sign = { of: 'alarm slow', state: 'unhealthy', says: 'is in ALARM', countsUntil: UNTIL };

/** Polls once a minute for so many seconds, or until the proof ends. */
function polled(seen: (seconds: number) => readonly Sign[], seconds = 7200): readonly Health[] {
  const all: Health[] = [];
  for (let at = 0; at <= seconds; at += 60) {
    const previous = all.at(-1);
    const health = proveHealth(seen(at), previous, {
      now: after(START, at),
      proofSeconds: 120,
      verifyBy: previous?.state === 'pending' ? previous.verifyBy : VERIFY_BY,
      settledSince: START,
    });
    all.push(health);
    if (health.state !== 'pending') return all;
  }
  return all;
}

describe('an alarm that may still count what was before the way back settled', () => {
  it('is waited for as long as its range', () => {
    const all = polled((at) => (at < 3500 ? [well, red] : [well]));
    expect(all.at(-1)).toMatchObject({ state: 'proven', healthySince: after(START, 3540) });
  });

  it('fails the proof if it is still red after its range', () => {
    expect(polled(() => [well, red]).at(-1)).toMatchObject({
      state: 'unproven',
      at: UNTIL,
      reason: `at ${UNTIL} alarm slow was unhealthy (is in ALARM).`,
    });
  });

  it('is news once, when it is all that is missing', () => {
    const all = polled((at) => (at < 120 ? [ill, red] : [well, red]), 300);
    const waits = all.map((one) => (one.state === 'pending' ? one.waits : undefined));
    const wait = { alarms: ['slow'], since: after(START, 120), until: UNTIL };
    expect(waits).toEqual([undefined, undefined, { ...wait, isNews: true }, wait, wait, wait]);
  });

  it('is not waited for while anything else is ill', () => {
    expect(polled(() => [ill, red]).at(-1)).toMatchObject({ state: 'unproven', at: VERIFY_BY });
    const later = polled((at) => (at < 1800 ? [well, red] : [ill, red])).at(-1);
    expect(later).toMatchObject({ state: 'unproven', at: after(START, 2040) });
  });

  it('is not waited for where its range ends before the usual time', () => {
    const quick = { ...red, countsUntil: after(START, 300) };
    const all = polled(() => [well, quick]);
    expect(all.at(-1)).toMatchObject({ state: 'unproven', at: VERIFY_BY });
    expect(all.every((one) => !('waits' in one))).toBe(true);
  });

  it('has its wait fixed, even if the way back settles again', () => {
    const all = polled((at) => [well, { ...red, countsUntil: after(START, 3600 + at) }]);
    expect(all.at(-1)).toMatchObject({ state: 'unproven', at: UNTIL });
  });

  it('is remembered over a healthy poll', () => {
    const all = polled((at) => (at === 1200 ? [well] : [well, red]));
    expect(all.at(-1)).toMatchObject({ state: 'unproven', at: UNTIL });
  });
});
