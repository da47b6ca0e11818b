import { describe, expect, it } from 'vitest';
import { isMember, marksOf, MAX_MEMBERS, sightIn, type Round } from '../../../src/ledger/rounds.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString();
const ids = Array.from({ length: 2_000 }, (_, n) => `functions\nfn-${n}`);
const round = (members = marksOf(ids)): Round => ({
  ...{ at: at(5), after: 'functions\nzzz', began: at(5), lastBegan: at(4), units: 'x', unitsSince: at(0) },
  ...{ members, due: {}, recent: {} },
});

describe('a sight of a unit', () => {
  it('is known of each unit that the sweep lists', () => {
    expect(ids.map((id) => sightIn(round(), id))).toEqual(ids.map(() => at(5)));
  });

  it('is unknown of any other, which was never listed or left', () => {
    const others = Array.from({ length: 2_000 }, (_, n) => `functions\nother-${n}`);
    expect(others.filter((id) => sightIn(round(), id) !== null)).toEqual([]);
  });

  it('is unknown in a round without marks: an earlier version wrote it, or too many are listed', () => {
    expect(sightIn(round(marksOf(Array.from({ length: MAX_MEMBERS + 1 }, String))), '0')).toBeNull();
  });

  it('is not claimed of a unit whose mark spans two others', () => {
    const marks = marksOf([ids[0]!]);
    expect(isMember(round(`xx${marks}xxx`), ids[0]!)).toBe(false);
    expect(isMember(round(`xx${marks}xxx${marks}`), ids[0]!)).toBe(true);
  });
});
