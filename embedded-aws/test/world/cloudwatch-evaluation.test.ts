import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EXTRA_PERIODS,
  stateOf,
  type MissingData,
  type Range,
  type StateValue,
} from '../../world/cloudwatch/evaluation.ts';

const TREATMENTS: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const KEEPS = null;
const [OK, ALARM, UNKNOWN] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;

/** `0` does not breach, `X` breaches, `-` is missing. */
const read = (drawn: string): Range => drawn.split(' ').map((each) => (each === '-' ? null : each === 'X'));

/** The two tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
const TABLES: readonly (readonly [m: number, range: string, states: readonly (StateValue | null)[]])[] = [
  [3, '0 - X - X', [OK, OK, OK, OK]],
  [3, '0 - - - -', [OK, OK, OK, OK]],
  [3, '- - - - -', [UNKNOWN, KEEPS, ALARM, OK]],
  [3, '0 X X - X', [ALARM, ALARM, ALARM, ALARM]],
  [3, '- - X - -', [ALARM, KEEPS, ALARM, OK]],
  [2, '0 - X - X', [ALARM, ALARM, ALARM, ALARM]],
  [2, '0 0 X 0 X', [ALARM, ALARM, ALARM, ALARM]],
  [2, '0 - X - -', [OK, OK, ALARM, OK]],
  [2, '- - - - 0', [OK, OK, ALARM, OK]],
  [2, '- - - X -', [ALARM, KEEPS, ALARM, OK]],
];

describe.each(TABLES)('%d out of 3 of %s', (datapointsToAlarm, range, states) => {
  test.each(TREATMENTS.map((missing, index) => [missing, states[index]] as const))(
    '%s: %s',
    (missing, state) => {
      // The first row is a range with enough data. The table fills in none there, though one period has no data.
      expect(stateOf(read(range), { evaluationPeriods: 3, datapointsToAlarm, missing })).toBe(state);
    },
  );
});

test.each(['- - - - X', '- - - X -'])('a single young breach, %s, is not yet an alarm of 3', (range) => {
  expect(stateOf(read(range), { evaluationPeriods: 3, datapointsToAlarm: 3, missing: 'missing' })).toBe(
    KEEPS,
  );
});

const setup = fc.integer({ min: 1, max: 8 }).chain((n) =>
  fc.record({
    evaluationPeriods: fc.constant(n),
    datapointsToAlarm: fc.integer({ min: 1, max: n }),
    range: fc.array(fc.constantFrom(true, false, null), {
      minLength: n + EXTRA_PERIODS,
      maxLength: n + EXTRA_PERIODS,
    }),
  }),
);

/** Walks back from the newest period, collects data until there are N, and fills in the rest. */
function bruteForce(range: Range, n: number, m: number, filler: boolean): StateValue {
  let taken = 0;
  let breaching = 0;
  for (let index = range.length - 1; index >= 0 && taken < n; index--) {
    if (range[index] === null) continue;
    taken++;
    if (range[index] === true) breaching++;
  }
  for (; taken < n; taken++) if (filler) breaching++;
  return breaching >= m ? 'ALARM' : 'OK';
}

describe('for all data', () => {
  test('filled-in data are counted as if they had been there', () => {
    fc.assert(
      fc.property(setup, fc.boolean(), ({ range, evaluationPeriods, datapointsToAlarm }, filler) => {
        const missing = filler ? 'breaching' : 'notBreaching';
        const state = stateOf(range, { evaluationPeriods, datapointsToAlarm, missing });
        expect(state).toBe(bruteForce(range, evaluationPeriods, datapointsToAlarm, filler));
      }),
    );
  });

  test('with N datapoints the treatment of missing ones makes no difference', () => {
    fc.assert(
      fc.property(setup, ({ range, evaluationPeriods, datapointsToAlarm }) => {
        fc.pre(range.filter((each) => each !== null).length >= evaluationPeriods);
        const states = TREATMENTS.map((missing) =>
          stateOf(range, { evaluationPeriods, datapointsToAlarm, missing }),
        );
        expect(new Set(states).size).toBe(1);
      }),
    );
  });

  test('INSUFFICIENT_DATA only where there is none at all', () => {
    fc.assert(
      fc.property(
        setup,
        fc.constantFrom(...TREATMENTS),
        ({ range, evaluationPeriods, datapointsToAlarm }, missing) => {
          const state = stateOf(range, { evaluationPeriods, datapointsToAlarm, missing });
          expect(state === 'INSUFFICIENT_DATA').toBe(
            missing === 'missing' && range.every((each) => each === null),
          );
        },
      ),
    );
  });
});
