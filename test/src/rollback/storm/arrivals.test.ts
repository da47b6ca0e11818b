import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
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

interface Told {
  readonly gathering: Gathering | null;
  readonly role: 'first' | 'member' | 'alone';
}

/** Writes a place as the adapter does. */
function written(gathering: Gathering | null, arriving: Arriving, number: number): Told {
  const place = placeOf(gathering, arriving, MOST);
  switch (place.is) {
    case 'gathers':
      return { gathering: { id: String(number), first: place.first }, role: 'first' };
    case 'follows':
      return { gathering: { ...gathering!, first: [...gathering!.first, arriving] }, role: 'first' };
    case 'member':
      return {
        gathering: place.last === undefined ? gathering : { ...gathering!, last: place.last },
        role: 'member',
      };
    case 'first':
    case 'alone':
      return { gathering, role: place.is };
  }
}

/** Tells the role of each of some alarms, in seconds after AT. */
function rolesAt(...seconds: readonly number[]): readonly string[] {
  let gathering: Gathering | null = null;
  return seconds.map((second, index) => {
    const told: Told = written(gathering, { target: `ecs:prod/${index}`, at: after(AT, second) }, index);
    gathering = told.gathering;
    return told.role;
  });
}

describe('the place of an alarm', () => {
  it('is among the first until there are more than the parameter allows', () => {
    expect(rolesAt(0, 1, 1, 2, 3, 3, 4)).toEqual([...Array<string>(5).fill('first'), 'member', 'member']);
  });

  it('counts only alarms of the last five minutes', () => {
    expect(rolesAt(0, 60, 120, 180, 240, 301, 310)).toEqual([...Array<string>(6).fill('first'), 'member']);
  });

  it('is in the storm while alarms keep coming', () => {
    expect(rolesAt(0, 0, 0, 0, 0, 1, 290, 580, 870).slice(5)).toEqual(Array(4).fill('member'));
    expect(rolesAt(0, 0, 0, 0, 0, 1, 290, 591).slice(5)).toEqual(['member', 'member', 'first']);
  });

  it('gathers anew after an hour', () => {
    const steps = Array.from({ length: 15 }, (_, index) => index * 290);
    const roles = rolesAt(0, 0, 0, 0, 0, ...steps);
    const late = roles.filter((_, index) => index >= 5 && steps[index - 5]! > MAX_STORM_SECONDS);
    expect(late).not.toContain('member');
    expect(roles.filter((role) => role === 'member')).toHaveLength(13);
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
        let gathering: Gathering | null = null;
        all.forEach(({ target, second }, index) => {
          const told: Told = written(gathering, { target: String(target), at: after(AT, second) }, index);
          gathering = told.gathering;
          expect(gathering?.first.length).toBeLessThanOrEqual(MOST);
        });
      }),
    );
  });

  it('makes a target a member only where more than the parameter allows alarm within five minutes', () => {
    fc.assert(
      fc.property(alarms, (all) => {
        const inOrder = all.toSorted((one, other) => one.second - other.second);
        let gathering: Gathering | null = null;
        inOrder.forEach(({ target, second }, index) => {
          const wasStorm: boolean = gathering?.last !== undefined;
          const told: Told = written(gathering, { target: String(target), at: after(AT, second) }, index);
          if (told.role === 'member' && !wasStorm) {
            const near = inOrder.slice(0, index + 1).filter((one) => second - one.second <= STORM_SECONDS);
            expect(new Set(near.map((one) => one.target)).size).toBeGreaterThan(MOST);
          }
          gathering = told.gathering;
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
