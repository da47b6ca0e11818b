import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { besideAlarms, countsOf, type Beside } from '../../../scripts/lastgood/lookout/beside-alarms.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { LookedAt } from '../../../src/ledger/lookouts.ts';
import { outcomeOf } from '../../../src/rollback/ending.ts';
import {
  accusedAt,
  alarm,
  alert,
  at,
  byLookout,
  looked,
  NEWER,
  record,
  UNREAD,
  type End,
} from './lookouts.ts';

const LATER = at(100_000);
const sortOf = (one: LookedAt, records: readonly RollbackRecord[], now = LATER): Partial<Beside> => {
  const [beside] = besideAlarms([one], records, now);
  return beside!;
};
const HOUR = 3_600;

describe('a deployment that the lookout accused', () => {
  const accused = accusedAt(60);

  test.each<[string, readonly RollbackRecord[], Partial<Beside>]>([
    ['an alarm went back from it', [record(alarm(131), 'acted')], { sort: 'hit', leadSeconds: 71 }],
    ['an alarm tried to', [record(alarm(131), 'dirty')], { sort: 'hit', leadSeconds: 71 }],
    ['an alarm only observed it', [record(alarm(131), 'observed')], { sort: 'hit', leadSeconds: 71 }],
    ['an alarm asked in vain', [record(alarm(131), 'asked')], { sort: 'hit', leadSeconds: 71 }],
    ['an alert went back from it', [record(alert(131), 'acted')], { sort: 'hit', leadSeconds: 71 }],
    ['the alarm came first', [record(alarm(40), 'acted')], { sort: 'hit', leadSeconds: -20 }],
    [
      'two alarms came, of which the first counts',
      [record(alarm(500), 'observed'), record(alarm(200), 'observed')],
      { sort: 'hit', leadSeconds: 140 },
    ],
    ['its window is just not over', [record(alarm(60 + HOUR), 'acted')], { sort: 'hit' }],
    ['a person decided that it was another cause', [record(alarm(131), 'denied')], { sort: 'false' }],
    ['the judge found no reason', [record(alarm(131), 'skipped')], { sort: 'false' }],
    [
      'the alarm accused another revision',
      [record(alarm(131), 'acted', { from: 'other' })],
      { sort: 'false' },
    ],
    ['the alarm came after its window', [record(alarm(61 + HOUR), 'acted')], { sort: 'false' }],
    ['the alarm came before the deployment', [record(alarm(-1), 'acted')], { sort: 'false' }],
    ['a person went back', [record({ target: 't', reason: 'x' }, 'acted')], { sort: 'false' }],
    ['no alarm came', [], { sort: 'false' }],
  ])('%s', (_, records, expected) => {
    expect(sortOf(accused, records)).toMatchObject(expected);
    if (expected.sort === 'false') expect(sortOf(accused, records)).not.toHaveProperty('leadSeconds');
  });

  test('names the alarm', () => {
    expect(sortOf(accused, [record(alarm(131), 'acted')]).alarm).toEqual({ of: 'checkout-5xx', at: at(131) });
  });

  test('has its own window', () => {
    const short = accusedAt(60, { windowMinutes: 10 });
    expect(sortOf(short, [record(alarm(661), 'acted')]).sort).toBe('false');
    expect(sortOf(short, [record(alarm(660), 'acted')]).sort).toBe('hit');
  });

  test('is open until its window is over', () => {
    expect(sortOf(accused, [], at(59 + HOUR)).sort).toBe('open');
    expect(sortOf(accused, [], at(60 + HOUR)).sort).toBe('false');
  });
});

describe('with act', () => {
  const accused = accusedAt(60, { mode: 'act' });

  test.each<[string, readonly RollbackRecord[], Partial<Beside>]>([
    [
      'its rollback ended before an alarm could turn',
      [record(byLookout(61), 'acted')],
      { sort: 'hit', rollback: 'arn:rollback:acted' },
    ],
    [
      'the alarm turned during its rollback',
      [record(byLookout(61), 'acted', {}, [alarm(90)])],
      { sort: 'hit', leadSeconds: 30 },
    ],
    [
      'the rollback of an alarm held the target already',
      [record(alarm(50), 'acted', {}, [byLookout(61)])],
      { sort: 'hit', leadSeconds: -10 },
    ],
    ['its rollback was skipped', [record(byLookout(61), 'skipped')], { sort: 'false' }],
    ['its rollback runs', [record(byLookout(61), 'running')], { sort: 'open' }],
    ['its rollback is of another deployment', [record(byLookout(-600), 'acted')], { sort: 'false' }],
    [
      'only its question at a pause was answered',
      [record(byLookout(61, { doubt: true }), 'acted')],
      { sort: 'false' },
    ],
    [
      'its rollback accused another revision',
      [record(byLookout(61, { revision: 'x' }), 'acted')],
      { sort: 'false' },
    ],
  ])('%s', (_, records, expected) => {
    expect(sortOf(accused, records)).toMatchObject(expected);
  });
});

describe('a deployment that the lookout did not accuse', () => {
  test.each<[End, Beside['sort']]>([
    ['acted', 'miss'],
    ['dirty', 'miss'],
    ['observed', 'miss'],
    ['asked', 'quiet'],
    ['denied', 'quiet'],
    ['skipped', 'quiet'],
    ['running', 'quiet'],
  ])('whose alarm %s is a %s', (end, sort) => {
    for (const state of ['quiet', 'unclear', 'ended'] as const)
      expect(sortOf(looked({ state }), [record(alarm(131), end)]).sort).toBe(sort);
  });

  test('may be missed until its window after the soak is over', () => {
    expect(sortOf(looked(), [record(alarm(2_400 + HOUR), 'acted')]).sort).toBe('miss');
    expect(sortOf(looked(), [record(alarm(2_401 + HOUR), 'acted')]).sort).toBe('quiet');
  });

  test('and whose revision was never read is quiet', () => {
    expect(sortOf(UNREAD, [record(alarm(131), 'acted')]).sort).toBe('quiet');
  });

  test('counts once where a later lookout of the same revision took it over', () => {
    const first = looked({ state: 'ended', endedAt: at(300) });
    const second = accusedAt(400, { deployment: 'step two', startedAt: at(290) });
    const again = looked({ deployment: 'redeployed', startedAt: at(9_000), endedAt: at(9_900) });
    const all = besideAlarms([again, second, first], [record(alarm(471), 'acted')], LATER);
    expect(all.map(({ looked: { deployment }, sort }) => [deployment, sort])).toEqual([
      ['redeployed', 'quiet'],
      ['step two', 'hit'],
    ]);
  });
});

test('an outcome shows how far its rollback went', () => {
  const verdict = { at: at(0), reasons: ['Why.'] };
  const silence = { Error: 'States.Timeout', Cause: '' };
  const sorts = [
    outcomeOf({ verdict: { ...verdict, verdict: 'observe' } }, at(0)),
    outcomeOf(
      { verdict: { ...verdict, verdict: 'ask', countdownSeconds: 60, onSilence: 'stay' }, approval: silence },
      at(0),
    ),
  ].map((outcome) => sortOf(accusedAt(60), [record(alarm(131), 'skipped', { outcome })]).sort);
  expect(sorts).toEqual(['hit', 'hit']);
});

describe('any deployments beside any alarms', () => {
  const revisions = fc.constantFrom(NEWER, { id: 'revision/3', name: 'checkout:3' });
  const seconds = fc.integer({ min: 0, max: 3 * HOUR });
  const lookouts = fc.array(
    fc.record({
      began: seconds,
      lasted: fc.integer({ min: 1, max: 4_000 }),
      revision: revisions,
      accused: fc.boolean(),
    }),
    { maxLength: 12 },
  );
  const madeOf = (
    all: readonly { began: number; lasted: number; revision: typeof NEWER; accused: boolean }[],
  ) =>
    all.map(({ began, lasted, revision, accused }, index) => {
      const of = { deployment: `d${index}`, startedAt: at(began), revision };
      return accused ? accusedAt(began + lasted, of) : looked({ ...of, endedAt: at(began + lasted) });
    });
  const ends = fc.constantFrom<End>('acted', 'dirty', 'observed', 'asked', 'denied', 'skipped', 'running');
  const records = fc.array(
    fc
      .record({ seconds, end: ends, revision: revisions, isLookout: fc.boolean() })
      .map(({ seconds: when, end, revision, isLookout }) =>
        record(isLookout ? byLookout(when, { revision: revision.id }) : alarm(when), end, {
          from: revision.id,
        }),
      ),
    { maxLength: 12 },
  );

  test('have one sort each, which the counts sum up', () => {
    fc.assert(
      fc.property(lookouts, records, (some, against) => {
        const all = besideAlarms(madeOf(some), against, LATER);
        const counts = countsOf(all);
        const { followed, hits, false: wrong, open, misses, quiet } = counts;
        expect(followed).toBe(all.length);
        expect(hits + wrong + open + misses + quiet).toBe(followed);
        for (const { looked: one, sort } of all)
          expect(['hit', 'false', 'open'].includes(sort)).toBe(one.state === 'accused');
        // Every accusation is listed, in the order of the lookouts.
        const accused = madeOf(some).filter(({ state }) => state === 'accused');
        expect(all.map(({ looked: one }) => one).filter(({ state }) => state === 'accused')).toEqual(accused);
      }),
    );
  });

  test('depend neither on the order of the rollbacks nor on those of other revisions', () => {
    fc.assert(
      fc.property(lookouts, records, (some, against) => {
        const all = besideAlarms(madeOf(some), against, LATER);
        const others = against.map((one) => ({ ...one, request: alarm(100), from: 'revision/9' }));
        expect(
          besideAlarms(madeOf(some), [...others, ...against.toReversed()], LATER).map(({ sort }) => sort),
        ).toEqual(all.map(({ sort }) => sort));
      }),
    );
  });

  test('are open only while time passes', () => {
    fc.assert(
      fc.property(lookouts, records, seconds, (some, against, now) => {
        const before = besideAlarms(madeOf(some), against, at(now));
        const later = besideAlarms(madeOf(some), against, LATER);
        for (const [index, { sort }] of before.entries()) {
          if (sort !== 'open') expect(later[index]?.sort).toBe(sort);
          else expect(['open', 'false']).toContain(later[index]?.sort);
        }
      }),
    );
  });

  test('are hits once an alarm that acts follows within the window, by so many seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: HOUR }), records, (lead, against) => {
        const alone = against.filter(({ request }) => request.trigger?.type === 'lookout');
        const found = sortOf(accusedAt(60), [...alone, record(alarm(60 + lead), 'acted')]);
        expect(found).toMatchObject({ sort: 'hit', leadSeconds: lead });
      }),
    );
  });
});

test('the median is of the hits that have an alarm', () => {
  const hit = (lead: number) => ({ looked: accusedAt(60), sort: 'hit', leadSeconds: lead }) as const;
  const without = { looked: accusedAt(60), sort: 'hit' } as const;
  expect(countsOf([hit(10), hit(200), without, hit(71)]).medianLeadSeconds).toBe(71);
  expect(countsOf([hit(10), hit(21)]).medianLeadSeconds).toBe(16);
  expect(countsOf([without]).medianLeadSeconds).toBeNull();
});
