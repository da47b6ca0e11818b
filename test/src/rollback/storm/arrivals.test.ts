import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrivedIn,
  comesSlowly,
  MAX_STORM_SECONDS,
  memberOf,
  placeOf,
  sinceOf,
  STORM_SECONDS,
  type Arriving,
  type Gathering,
} from '../../../../src/rollback/storm/arrivals.ts';
import { after } from '../../../../src/rollback/time.ts';
import { AT } from '../documents.ts';

const MOST = 5;

interface Sequence {
  gathering: Gathering | null;
  readonly arrived: Arriving[];
}

/** Lets an alarm arrive, and writes its place as the adapter does. */
function arrive(sequence: Sequence, arriving: Arriving, number: number): 'first' | 'member' | 'alone' {
  const { gathering, arrived } = sequence;
  const lately = arrived.filter(({ target }) => target !== arriving.target);
  const known = gathering !== null && comesSlowly(gathering, arriving) ? { ...gathering, lately } : gathering;
  const place = placeOf(known, arriving, MOST);
  arrived.push(arriving);
  switch (place.is) {
    case 'gathers':
      sequence.gathering = { id: String(number), first: place.first };
      return 'first';
    case 'follows':
      sequence.gathering = { ...gathering!, first: [...gathering!.first, arriving] };
      return 'first';
    case 'member':
      if (place.last !== undefined) sequence.gathering = { ...gathering!, last: place.last };
      return 'member';
    case 'first':
    case 'alone':
      return place.is;
  }
}

/** Tells the role of each of some alarms, in seconds after AT. */
function rolesAt(...seconds: readonly number[]): readonly string[] {
  const sequence: Sequence = { gathering: null, arrived: [] };
  return seconds.map((second, index) =>
    arrive(sequence, { target: `ecs:prod/${index}`, at: after(AT, second) }, index),
  );
}

describe('the place of an alarm', () => {
  it('is among the first until there are more than the parameter allows', () => {
    expect(rolesAt(0, 1, 1, 2, 3, 3, 4)).toEqual([...Array<string>(5).fill('first'), 'member', 'member']);
  });

  it('counts only alarms of the last five minutes', () => {
    expect(rolesAt(0, 60, 120, 180, 240, 301, 310)).toEqual([...Array<string>(6).fill('first'), 'member']);
  });

  it('is in the storm while more than the parameter allows alarm within five minutes', () => {
    const burst = [0, 0, 0, 0, 0, 1];
    expect(rolesAt(...burst, 120, 299).slice(5)).toEqual(['member', 'member', 'member']);
    expect(rolesAt(...burst, 290, 352, 640).slice(5)).toEqual(['member', 'member', 'first', 'first']);
    const steady = Array.from({ length: 20 }, (_, index) => index * 50);
    expect(rolesAt(...steady).slice(5)).toEqual(Array(15).fill('member'));
  });

  it('gathers anew after an hour', () => {
    const steps = Array.from({ length: 90 }, (_, index) => index * 50);
    const roles = rolesAt(0, 0, 0, 0, 0, ...steps);
    const late = roles.findIndex((role, index) => index > 5 && role === 'first');
    expect(steps[late - 5]).toBeGreaterThan(MAX_STORM_SECONDS);
    expect(roles.slice(5, late)).toEqual(Array(late - 5).fill('member'));
  });

  it('is its own for an alarm that turned long before', () => {
    expect(rolesAt(0, -STORM_SECONDS - 1)).toEqual(['first', 'alone']);
    expect(rolesAt(0, 0, 0, 0, 0, 0, -STORM_SECONDS - 1)).toEqual([
      ...Array<string>(5).fill('first'),
      'member',
      'alone',
    ]);
  });

  it('is the same for a target that comes again', () => {
    const first = { target: 'ecs:prod/a', at: AT };
    const gathering = { id: 'one', first: [first] };
    expect(placeOf(gathering, { ...first, at: after(AT, 10) }, MOST)).toEqual({ is: 'first' });
    const storm = { ...gathering, last: AT };
    expect(placeOf(storm, { ...first, at: after(AT, 10) }, MOST)).toEqual({ is: 'first' });
    expect(placeOf(storm, { target: 'ecs:prod/b', at: AT }, MOST)).toEqual({ is: 'member' });
  });
});

describe('any sequence of alarms', () => {
  const alarms = fc.array(fc.record({ target: fc.nat(30), second: fc.nat(2000) }), { maxLength: 60 });

  it('never has more first ones than the parameter allows', () => {
    fc.assert(
      fc.property(alarms, (all) => {
        const sequence: Sequence = { gathering: null, arrived: [] };
        all.forEach(({ target, second }, index) => {
          arrive(sequence, { target: String(target), at: after(AT, second) }, index);
          expect(sequence.gathering?.first.length).toBeLessThanOrEqual(MOST);
        });
      }),
    );
  });

  it('makes a target a member only where more than the parameter allows alarm within five minutes', () => {
    fc.assert(
      fc.property(alarms, (all) => {
        const inOrder = all.toSorted((one, other) => one.second - other.second);
        const sequence: Sequence = { gathering: null, arrived: [] };
        inOrder.forEach(({ target, second }, index) => {
          const before = sequence.gathering;
          const arriving = { target: String(target), at: after(AT, second) };
          const role = arrive(sequence, arriving, index);
          const isCounted = before?.last === undefined || comesSlowly(before, arriving);
          if (role !== 'member' || !isCounted) return;
          const near = inOrder.slice(0, index + 1).filter((one) => second - one.second <= STORM_SECONDS);
          expect(new Set(near.map((one) => one.target)).size).toBeGreaterThan(MOST);
        });
      }),
    );
  });
});

describe('the storm of a claim', () => {
  it('is that of a member only', () => {
    expect(memberOf({ storm: { id: 'one', role: 'member', since: AT } })).toBe('one');
    expect(memberOf({ storm: { id: 'one', role: 'first', since: AT } })).toBeNull();
    expect(memberOf({})).toBeNull();
    expect(memberOf(undefined)).toBeNull();
  });
});

it('a gathering began with its earliest alarm, in whatever order the alarms arrived', () => {
  const first = [60, 0, 30].map((seconds, index) => ({
    target: `ecs:prod/${index}`,
    at: after(AT, seconds),
  }));
  expect(sinceOf({ first })).toBe(AT);
  expect(sinceOf({ first: first.toReversed() })).toBe(AT);
  expect(sinceOf({ first: first.toSorted((one, other) => (one.at < other.at ? -1 : 1)) })).toBe(AT);
});

it('targets that alarmed lately are counted, and no longer in a storm', () => {
  const first = [0, 60].map((seconds) => ({ target: `ecs:prod/${seconds}`, at: after(AT, seconds) }));
  const countAt = (seconds: number, last?: number) => {
    const storm = last !== undefined && { last: after(AT, last) };
    return arrivedIn({ id: 'one', first, ...storm }, after(AT, seconds));
  };
  expect([60, 300, 301, 361].map((seconds) => countAt(seconds))).toEqual([2, 2, 1, 0]);
  expect([360, 361].map((seconds) => countAt(seconds, 60))).toEqual([Infinity, 0]);
});
