import { describe, expect, test } from 'vitest';
import { standingOf, STANDS } from '../../../src/rollback/standing.ts';

const hidden = 'what its targets run';
const none = { other: [], unknown: [], hidden };

describe('a candidate', () => {
  test('stands where all its parts run the proven revision', () => {
    expect(standingOf(none, {})).toEqual(STANDS);
    expect(standingOf(none, { isBlamedSince: true })).toEqual(STANDS);
  });

  test('is no way back where a part runs another revision, whatever is unknown', () => {
    expect(standingOf({ other: ['blue', 'green'], unknown: ['red'], hidden }, {})).toEqual({
      blocker: 'blue and green no longer runs the proven revision',
      doubts: [],
    });
  });

  test('is doubted where AWS does not show what a part runs', () => {
    expect(standingOf({ ...none, unknown: ['blue'] }, {})).toEqual({
      blocker: null,
      doubts: [
        'it is unknown whether blue still runs the proven revision: AWS does not show what its targets run',
      ],
    });
  });

  test('that was at fault since its proof is no way back where it is in doubt', () => {
    const { blocker, doubts } = standingOf({ ...none, unknown: ['blue'] }, { isBlamedSince: true });
    expect(blocker).toContain('it was at fault after it was proven, and it is unknown whether blue');
    expect(doubts).toEqual([]);
  });
});
