import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  earliest,
  isLook,
  type Reserved,
  type Slot,
  type Urgency,
  type Wish,
} from '../../../src/quotas/calendar.ts';
import { quotaNamed, QUOTAS, type Quota } from '../../../src/quotas/quotas.ts';

const START = Date.parse('2026-11-22T03:00:00.000Z');
const UPDATES = quotaNamed('ecs service modify')!;

/** A calendar in memory, and what was reserved in it, in order. */
class Book {
  readonly reserved = new Map<number, Reserved>();
  readonly all: (Slot & { readonly wish: Wish })[] = [];
  /** The calls of lookouts alone. */
  readonly lookouts = new Map<number, number>();
  readonly quota: Quota;

  constructor(quota: Quota) {
    this.quota = quota;
  }

  /** Returns the milliseconds since START at which the calls may be made. */
  reserve(calls: number, urgency: Urgency, atMs = 0, delayMs = 0): number {
    const now = START + atMs;
    const wish = { calls, urgency, now, notBefore: now + delayMs };
    const slot = earliest(this.quota, this.reserved, wish);
    const before = this.reserved.get(slot.second) ?? { calls: 0, looks: 0 };
    expect(before.calls).toBeLessThanOrEqual(slot.most.calls + 1e-9);
    expect(before.looks).toBeLessThanOrEqual(slot.most.looks + 1e-9);
    const taken = Math.min(calls, this.quota.burst);
    this.reserved.set(slot.second, {
      calls: before.calls + taken,
      looks: before.looks + (isLook(urgency) ? taken : 0),
    });
    if (urgency === 'lookout') this.lookouts.set(slot.second, (this.lookouts.get(slot.second) ?? 0) + taken);
    this.all.push({ ...slot, wish });
    return slot.second * 1000 - START;
  }

  /** Returns the largest excess of any span over a bucket of this size and rate. */
  excess(of: (reserved: Reserved, second: number) => number, burst: number, perSecond: number): number {
    const seconds = [...this.reserved.keys()].toSorted((one, other) => one - other);
    let worst = -Infinity;
    for (const [index, from] of seconds.entries()) {
      let sum = 0;
      for (const to of seconds.slice(index)) {
        sum += of(this.reserved.get(to)!, to);
        worst = Math.max(worst, sum - burst - perSecond * (to - from));
      }
    }
    return worst;
  }
}

const urgency = fc.constantFrom<Urgency>('rollout-in-flight', 'before-write', 'look', 'lookout');
const arrival = fc.record({
  gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 30_000 })),
  calls: fc.integer({ min: 1, max: 6 }),
  urgency,
  delayMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_000 })),
});
const arrivals = fc.array(arrival, { minLength: 1, maxLength: 150 });
const quota = fc.constantFrom(...QUOTAS);

/** Reserves in the order of arrival. */
function booked(
  of: Quota,
  all: readonly (typeof arrival extends fc.Arbitrary<infer One> ? One : never)[],
): Book {
  const book = new Book(of);
  let at = 0;
  for (const { gapMs, calls, urgency, delayMs } of all) book.reserve(calls, urgency, (at += gapMs), delayMs);
  return book;
}

describe('whatever is reserved', () => {
  it('never exceeds the burst and the rate, over any span', () => {
    fc.assert(
      fc.property(quota, arrivals, (of, all) => {
        const book = booked(of, all);
        expect(book.excess(({ calls }) => calls, of.burst, of.perSecond)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  it('leaves half of the bucket beside all looks', () => {
    fc.assert(
      fc.property(quota, arrivals, (of, all) => {
        const book = booked(of, all);
        const [burst, perSecond] = [of.burst / 2, of.perSecond / 2];
        // The calls of one look are never divided.
        expect(book.excess(({ looks }) => looks, Math.max(burst, 6), perSecond)).toBeLessThanOrEqual(
          perSecond,
        );
      }),
    );
  });

  it('leaves four fifths of the bucket beside all lookouts', () => {
    fc.assert(
      fc.property(quota, arrivals, (of, all) => {
        const book = booked(of, all);
        const lookouts = (_: Reserved, second: number) => book.lookouts.get(second) ?? 0;
        const [burst, perSecond] = [of.burst / 5, of.perSecond / 5];
        // The calls of one look are never divided.
        expect(book.excess(lookouts, Math.max(burst, 6), perSecond)).toBeLessThanOrEqual(perSecond);
      }),
    );
  });

  it('of lookouts alone is a fifth of the rate, and no less', () => {
    const book = new Book(UPDATES);
    const last = Array.from({ length: 100 }, () => book.reserve(1, 'lookout')).at(-1)!;
    expect(last / 1000).toBeGreaterThan((100 - UPDATES.burst / 5) / (UPDATES.perSecond / 5) - 10);
    expect(last / 1000).toBeLessThan(100 / (UPDATES.perSecond / 5) + 10);
  });

  it('is never in the past, and never before its time', () => {
    fc.assert(
      fc.property(quota, arrivals, (of, all) => {
        for (const { second, wish } of booked(of, all).all) {
          expect(second).toBeGreaterThanOrEqual(Math.floor(wish.now / 1000));
          if (wish.notBefore > wish.now) expect(second * 1000).toBeGreaterThanOrEqual(wish.notBefore);
        }
      }),
    );
  });

  it('is first come first served among ways back of the same urgency', () => {
    fc.assert(
      fc.property(quota, arrivals, urgency, fc.integer({ min: 1, max: 4 }), (of, all, of2, calls) => {
        fc.pre(!isLook(of2));
        const book = booked(of, all);
        const at = all.reduce((sum, { gapMs }) => sum + gapMs, 0);
        const served = Array.from({ length: 20 }, (_, index) => book.reserve(calls, of2, at + index * 130));
        expect(served).toEqual(served.toSorted((one, other) => one - other));
      }),
    );
  });

  it('never makes a rollout in flight wait behind the reserve', () => {
    const others = fc.array(
      arrival.filter((one) => one.urgency !== 'rollout-in-flight' && one.calls === 1),
      {
        minLength: 1,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(quota, others, (of, all) => {
        const book = booked(of, all);
        const at = all.reduce((sum, { gapMs }) => sum + gapMs, 0);
        for (let taken = 0; taken < Math.floor(of.burst / 5); taken++)
          expect(book.reserve(1, 'rollout-in-flight', at)).toBeLessThanOrEqual(at);
      }),
    );
  });
});

describe('a storm', () => {
  it('of 500 updates within a minute uses the whole rate', () => {
    const book = new Book(UPDATES);
    const turns = Array.from({ length: 500 }, (_, index) => book.reserve(1, 'before-write', index * 120));
    expect(Math.max(...turns) / 1000).toBeLessThanOrEqual((500 - 40) / 5);
    expect(turns.filter((at) => at <= 0)).toHaveLength(9);
  });

  it('of updates all at once spends the burst but for the reserve, and then the rate', () => {
    const book = new Book(UPDATES);
    const turns = Array.from({ length: 60 }, () => book.reserve(1, 'before-write'));
    expect(turns.filter((at) => at === 0)).toHaveLength(40);
    expect(turns.slice(40)).toEqual(
      [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4].map((s) => s * 1000),
    );
  });

  it('says how many calls are ahead', () => {
    const book = new Book(UPDATES);
    for (let index = 0; index < 60; index++) book.reserve(1, 'before-write');
    expect(book.all.at(-1)?.ahead).toBe(55);
    expect(book.all[0]?.ahead).toBe(0);
  });

  it('takes a wish larger than the burst for the whole burst', () => {
    const book = new Book(quotaNamed('route53')!);
    expect(book.reserve(8, 'before-write')).toBe(0);
    expect(book.reserve(1, 'before-write')).toBe(1000);
    expect(book.reserve(5, 'before-write')).toBe(2000);
  });

  it('lets looks use a sixteenth until four minutes after the last way back, and half afterwards', () => {
    const book = new Book(UPDATES);
    const turns = Array.from({ length: 100 }, () => book.reserve(1, 'before-write'));
    const until = Math.max(...turns) / 1000 + 240;
    const looks = Array.from({ length: 200 }, () => book.reserve(1, 'look', 0, 15_000) / 1000);
    const soon = looks.filter((at) => at < until).length;
    expect(soon).toBeGreaterThan((5 / 16) * (until - 15) - 2);
    expect(soon).toBeLessThanOrEqual(3.125 + (5 / 16) * (until - 15) + 1);
    expect(Math.max(...looks)).toBeLessThan(until + (200 - soon) / 2.5 + 1);
  });

  it('is forgotten when the bucket is full again', () => {
    const book = new Book(UPDATES);
    for (let index = 0; index < 40; index++) book.reserve(1, 'before-write');
    expect(book.reserve(1, 'before-write', 500)).toBe(1000);
    expect(Array.from({ length: 40 }, () => book.reserve(1, 'before-write', 10_000))).not.toContain(11_000);
  });
});
