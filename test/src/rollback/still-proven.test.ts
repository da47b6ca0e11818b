import { describe, expect, test } from 'vitest';
import { askingFor, stillProven, AS_PROVEN } from '../../../src/rollback/still-proven.ts';

const hidden = 'what its targets run';
const none = { other: [], unknown: [], hidden };

describe('a candidate', () => {
  test('stands where all its parts run the proven revision', () => {
    expect(stillProven(none, {})).toEqual(AS_PROVEN);
    expect(stillProven(none, { isBlamedSince: true })).toEqual(AS_PROVEN);
  });

  test('is no way back where a part runs another revision, whatever is unknown', () => {
    expect(stillProven({ other: ['blue', 'green'], unknown: ['red'], hidden }, {})).toEqual({
      blocker: 'blue and green no longer runs the proven revision',
      doubts: [],
    });
  });

  test('is doubted where AWS does not show what a part runs', () => {
    expect(stillProven({ ...none, unknown: ['blue'] }, {})).toEqual({
      blocker: null,
      doubts: [
        'it is unknown whether blue still runs the proven revision: AWS does not show what its targets run',
      ],
    });
  });

  test('that was at fault since its proof is no way back where it is in doubt', () => {
    const { blocker, doubts } = stillProven({ ...none, unknown: ['blue'] }, { isBlamedSince: true });
    expect(blocker).toContain('it was at fault after it was proven, and it is unknown whether blue');
    expect(doubts).toEqual([]);
  });

  test('that gives more traffic to the side of the change at fault is no way back, whatever it runs', () => {
    expect(stillProven(none, { isRaised: true })).toEqual({
      blocker: 'the change at fault moved traffic to the same side, so the fault may be there',
      doubts: [],
    });
    expect(stillProven({ ...none, other: ['blue'] }, { isRaised: true }).blocker).toContain('no longer runs');
  });

  test('that is not proven is compared with what ran before, and needs a person', () => {
    const { blocker } = stillProven({ ...none, other: ['green'] }, { isUnproven: true });
    expect(blocker).toBe('green no longer runs the revision that ran before');
    expect(askingFor('green', { isUnproven: true })).toEqual({
      doubt: 'green had the traffic before the change at fault and is not proven, so a person decides.',
    });
    expect(askingFor('green', {})).toEqual({});
  });
});
