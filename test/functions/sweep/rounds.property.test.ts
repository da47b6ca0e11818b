import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paging } from '../../../functions/sweep/pages.ts';
import { dueIn, MAX_KEPT_UNITS, roundAfter, sightBefore, toKeep } from '../../../functions/sweep/rounds.ts';
import { idOf, sightIn, type Round } from '../../../src/ledger/rounds.ts';
import type { Page, Unit } from '../../../src/targets/kind.ts';
import { isAfter } from '../../../src/rollback/time.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22) + minute * 60_000).toISOString();

/** What happens in one minute. Numbers choose among what is there. */
interface Turn {
  readonly isCold: boolean;
  /** Pages that AWS refuses, by their place. */
  readonly refused: readonly number[];
  readonly changed: readonly number[];
  readonly joins: boolean;
  readonly leaves: boolean;
}

const NOTHING: Turn = { isCold: false, refused: [], changed: [], joins: false, leaves: false };

const turns = fc.array(
  fc.record({
    isCold: fc.boolean(),
    refused: fc.array(fc.nat(20), { maxLength: 4 }),
    changed: fc.array(fc.nat(20), { maxLength: 4 }),
    joins: fc.boolean(),
    leaves: fc.boolean(),
  }),
  { maxLength: 25 },
);
const pagings = fc.record({
  unitsPerPage: fc.integer({ min: 1, max: 5 }),
  callsPerMinute: fc.integer({ min: 2, max: 12 }),
});
const manyUnits = fc
  .array(fc.record({ batch: fc.nat(4), calls: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((all) =>
    all.map(({ batch, calls }, i): Unit => ({
      batch: `b${batch}`,
      name: `u${i}`,
      ...(calls > 1 && { calls }),
    })),
  );

/** Sweeps a kind minute by minute, and knows what was really read when. */
class Sweep {
  units: readonly Unit[];
  readonly paging: Paging;
  round: Round | null = null;
  kept: Round | null = null;
  sights = new Map<string, string>();
  known: ReadonlySet<string> | null = null;
  /** The real sights of each unit, since it is tagged without interruption. */
  readonly really = new Map<string, string[]>();
  /** Ids of all units, also of those that left. */
  readonly ever = new Set<string>(['b0\nnever-listed']);
  minute = 0;
  /** Units that left, and may join again. */
  private readonly gone: Unit[] = [];
  private joined = 0;

  constructor(units: readonly Unit[], paging: Paging) {
    this.units = units;
    this.paging = paging;
  }

  /** Plays a minute; returns its pages, those that were read, and the claimed and the real last sight of each unit. */
  play({ isCold, refused, changed, joins, leaves }: Turn) {
    if (joins)
      this.units = [this.gone.pop() ?? { batch: 'b0', name: `joined${this.joined++}` }, ...this.units];
    const [left, ...others] = this.units;
    if (leaves && left !== undefined && others.length > 0) {
      this.really.delete(idOf(left));
      this.units = others;
      this.gone.push(left);
    }
    if (isCold) {
      this.sights = new Map();
      this.known = null;
      this.round = this.kept;
    }
    for (const unit of this.units) this.ever.add(idOf(unit));
    const now = at(++this.minute);
    const { units, round, sights, known } = this;
    const minute = { units, round, sights: new Map(sights), known, now };
    const due = dueIn(minute, this.paging);
    const claims = due.pages.flat().map((unit) => ({
      unit,
      claimed: sightBefore(unit, due.round, minute.sights),
      real: this.really.get(idOf(unit))?.at(-1),
    }));
    const read = due.pages.filter((_, i) => !refused.includes(i));
    const units_ = read.flat();
    const results = { read, changed: changed.flatMap((i) => units_[i] ?? []) };
    this.round = roundAfter(due, results, minute);
    this.kept = toKeep(this.round);
    this.known = new Set(units.map(idOf));
    for (const id of this.sights.keys()) if (!this.known.has(id)) this.sights.delete(id);
    for (const unit of units_) {
      this.sights.set(idOf(unit), now);
      this.really.set(idOf(unit), [...(this.really.get(idOf(unit)) ?? []), now]);
    }
    return { due, read, claims, now, changed: results.changed };
  }
}

const callsOf = (page: Page, { callsPerMinute }: Paging) =>
  Math.max(...page.map(({ calls = 1 }) => Math.min(calls, Math.floor(callsPerMinute / 2))));

const callsOfAll = (pages: readonly Page[], paging: Paging) =>
  pages.reduce((sum, page) => sum + callsOf(page, paging), 0);

describe('in any minute, whatever happened before', () => {
  const everyMinute = (check: (sweep: Sweep, played: ReturnType<Sweep['play']>) => void) =>
    fc.assert(
      fc.property(manyUnits, pagings, turns, (units, paging, all) => {
        const sweep = new Sweep(units, paging);
        for (const turn of all) check(sweep, sweep.play(turn));
      }),
    );

  test('the pages take no more than the share, hold one batch each, and no unit twice', () => {
    everyMinute(({ paging }, { due: { pages } }) => {
      expect(callsOfAll(pages, paging)).toBeLessThanOrEqual(paging.callsPerMinute);
      const ids = pages.flat().map(idOf);
      expect(new Set(ids).size).toBe(ids.length);
      for (const page of pages) {
        expect(page.length).toBeLessThanOrEqual(paging.unitsPerPage);
        expect(new Set(page.map(({ batch }) => batch)).size).toBe(1);
      }
    });
  });

  test('a claimed sight is never later than the last one', () => {
    everyMinute((_sweep, { claims }) => {
      for (const { claimed, real } of claims) {
        if (claimed === null) continue;
        expect(real, 'a sight is claimed of a unit that was never seen').toBeDefined();
        expect(isAfter(claimed, real!), `claims ${claimed}, was ${real}`).toBe(false);
      }
    });
  });

  test('a plan finds no later sight in the kept round than the last one, and none of a unit that is not listed', () => {
    everyMinute(({ kept, ever, really }) => {
      for (const id of ever) {
        const [claimed, real] = [sightIn(kept!, id), really.get(id)?.at(-1)];
        if (claimed === null) continue;
        expect(real, `claims ${claimed} of ${id}, which was never seen since it is listed`).toBeDefined();
        expect(isAfter(claimed, real!), `claims ${claimed} of ${id}, was ${real}`).toBe(false);
      }
    });
  });
});

describe('without refusals', () => {
  test('all units are read every minute where they fit, and their last sight is known exactly', () => {
    fc.assert(
      fc.property(
        manyUnits,
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean()),
        (units, unitsPerPage, colds) => {
          const sweep = new Sweep(units, { unitsPerPage, callsPerMinute: 400 });
          sweep.play(NOTHING);
          for (const isCold of colds) {
            const { read, claims } = sweep.play({ ...NOTHING, isCold, changed: [3, 5] });
            expect(read.flat()).toHaveLength(units.length);
            for (const { claimed, real } of claims) expect(claimed).toBe(real);
          }
        },
      ),
    );
  });

  test('every unit is read once a round, also through cold starts, and a round takes no minute too many', () => {
    fc.assert(
      fc.property(manyUnits, pagings, fc.infiniteStream(fc.boolean()), (units, paging, colds) => {
        const sweep = new Sweep(units, paging);
        const began = sweep.play({ ...NOTHING, isCold: true });
        const read = [...began.read.flat()];
        const first = sweep.round!.began;
        const minutes = units.length + 1;
        for (let i = 0; i < minutes && read.length < units.length; i++) {
          const { read: more, due } = sweep.play({ ...NOTHING, isCold: colds.next().value as boolean });
          expect(due.round.began).toBe(first);
          // Only what fits no more is left.
          expect(callsOfAll(due.pages, paging)).toBeGreaterThan(0);
          read.push(...more.flat());
        }
        expect(read.map(idOf).toSorted()).toEqual(units.map(idOf).toSorted());
      }),
    );
  });

  test('what changed lately is read in the next minute, the newest first, in half of the share', () => {
    fc.assert(
      fc.property(manyUnits, pagings, fc.nat(), (units, paging, chosen) => {
        const sweep = new Sweep(units, paging);
        const { changed } = sweep.play({ ...NOTHING, changed: [chosen % units.length] });
        for (let i = 0; i < 5; i++) {
          const { read } = sweep.play(NOTHING);
          for (const unit of changed) expect(read.flat().map(idOf)).toContain(idOf(unit));
        }
      }),
    );
  });
});

describe('a page that AWS refused', () => {
  test('is due again in the next minute, ahead of others, also after a cold start', () => {
    fc.assert(
      fc.property(manyUnits, pagings, fc.nat(11), fc.boolean(), (units, paging, place, isCold) => {
        const sweep = new Sweep(units, paging);
        const { due } = sweep.play({ ...NOTHING, refused: [place] });
        const refused = due.pages[place] ?? [];
        const { due: next } = sweep.play({ ...NOTHING, isCold });
        const [ahead] = next.pages;
        if (refused.length > 0) expect(refused.map(idOf)).toContain(idOf(ahead![0]));
      }),
    );
  });

  test('costs the others nothing: the round goes on, even if one page is refused for ever', () => {
    fc.assert(
      fc.property(manyUnits, pagings, (units, paging) => {
        const sweep = new Sweep(units, paging);
        const read = new Set<string>();
        for (let i = 0; i <= 2 * units.length; i++)
          for (const unit of sweep.play({ ...NOTHING, refused: [0] }).read.flat()) read.add(idOf(unit));
        const [stuck] = sweep.play(NOTHING).due.pages;
        expect(read.size).toBeGreaterThanOrEqual(units.length - stuck!.length);
      }),
    );
  });

  test('is forgotten with the others where too many are due, and then no last sight is claimed', () => {
    const units = Array.from({ length: MAX_KEPT_UNITS + 1 }, (_, i): Unit => ({ batch: 'b', name: `${i}` }));
    const sweep = new Sweep(units, { unitsPerPage: 100, callsPerMinute: 100 });
    sweep.play(NOTHING);
    sweep.play({ ...NOTHING, refused: [0, 1, 2, 3, 4, 5] });
    expect(Object.keys(sweep.kept!.due)).toHaveLength(MAX_KEPT_UNITS);
    const { claims } = sweep.play({ ...NOTHING, isCold: true });
    const claimed = claims.filter((one) => one.claimed !== null);
    expect(claimed).toHaveLength(MAX_KEPT_UNITS);
    for (const one of claimed) expect(one.claimed).toBe(at(1));
  });
});

test('a unit that joins is read in the next minute by a warm function', () => {
  const units = Array.from({ length: 30 }, (_, i): Unit => ({ batch: 'b', name: `u${i}` }));
  const sweep = new Sweep(units, { unitsPerPage: 1, callsPerMinute: 10 });
  sweep.play(NOTHING);
  const { read, claims } = sweep.play({ ...NOTHING, joins: true });
  const joined = idOf({ batch: 'b0', name: 'joined0' });
  expect(read.flat().map(idOf)).toContain(joined);
  expect(claims.find(({ unit }) => idOf(unit) === joined)?.claimed).toBeNull();
});

test('a unit that joins costs no other unit its sight', () => {
  const units = Array.from({ length: 30 }, (_, i): Unit => ({ batch: 'b', name: `u${i}` }));
  const sweep = new Sweep(units, { unitsPerPage: 1, callsPerMinute: 10 });
  for (let minute = 0; minute < 8; minute++) sweep.play(NOTHING);
  sweep.play({ ...NOTHING, joins: true });
  for (const unit of units) expect(sightIn(sweep.kept!, idOf(unit))).not.toBeNull();
});

test('a round of an earlier version gets the marks of its units', () => {
  const units = Array.from({ length: 3 }, (_, i): Unit => ({ batch: 'b', name: `u${i}` }));
  const sweep = new Sweep(units, { unitsPerPage: 1, callsPerMinute: 10 });
  sweep.play(NOTHING);
  sweep.kept = { ...sweep.kept!, members: '' };
  sweep.play({ ...NOTHING, isCold: true });
  for (const unit of units) expect(sightIn(sweep.kept, idOf(unit))).toBe(at(2));
});
