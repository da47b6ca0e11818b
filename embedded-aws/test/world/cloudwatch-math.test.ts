import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../world/cloudwatch/expression.ts';
import { evaluate, type TimeSeries } from '../../world/cloudwatch/math.ts';
import { refusal } from './elb-shop.ts';

const PERIODS = [0, 60, 120];

function compute(text: string, series: Readonly<Record<string, TimeSeries>>) {
  const scope = {
    series: (id: string) => series[id] ?? new Map<number, number>(),
    metrics: () => Object.values(series),
    periods: PERIODS,
  };
  return Object.fromEntries(evaluate(parseExpression(text), scope));
}

const m1 = new Map([
  [0, 5],
  [60, 0],
  [120, 1],
]);
const m2 = new Map([
  [0, 100],
  [60, 0],
]);

describe('metric math', () => {
  test.each([
    ['100 * (m1 / m2)', { 0: 5 }],
    ['m1 + m2', { 0: 105, 60: 0 }],
    ['m1 - 1 - 1', { 0: 3, 60: -2, 120: -1 }],
    ['-m1 ^ 2', { 0: 25, 60: 0, 120: 1 }],
    ['1 + 2 * 3', { 0: 7, 60: 7, 120: 7 }],
    ['FILL(m2, 1)', { 0: 100, 60: 0, 120: 1 }],
    ['FILL(m2, REPEAT)', { 0: 100, 60: 0, 120: 0 }],
    ['IF(m1 > 0 AND m1 < 5, 1, 0)', { 0: 0, 60: 0, 120: 1 }],
    ['IF(m1 > 0, m1)', { 0: 5, 120: 1 }],
    ['SUM([m1, m2])', { 0: 105, 60: 0, 120: 1 }],
    ['SUM(METRICS())', { 0: 105, 60: 0, 120: 1 }],
    ['m1 / MAX(m1)', { 0: 1, 60: 0, 120: 0.2 }],
    ['ABS(m1 - 5)', { 0: 0, 60: 5, 120: 4 }],
  ])('%s', (text, expected) => expect(compute(text, { m1, m2 })).toEqual(expected));

  test.each(['m1 +', '(m1', 'm1 m2', '[m1', '', 'SEARCH("x")', 'RATE(m1)', '[m1, m2]'])(
    '%s is refused',
    (text) => {
      expect(refusal(() => compute(text, { m1, m2 }))).toBe('ValidationError');
    },
  );

  test("arithmetic equals JavaScript's, at any nesting", () => {
    const { arithmetic } = fc.letrec<{ arithmetic: string; number: string; operation: string }>((tie) => ({
      number: fc.integer({ min: 1, max: 99 }).map(String),
      operation: fc
        .tuple(tie('arithmetic'), fc.constantFrom('+', '-', '*'), tie('arithmetic'))
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      arithmetic: fc.oneof({ maxDepth: 4 }, tie('number'), tie('operation')),
    }));
    fc.assert(
      fc.property(arithmetic, (text) => {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the model: JavaScript itself, over digits and + - * only
        expect((compute(text, {})[0] ?? NaN) + 0).toBe(new Function(`return ${text} + 0`)());
      }),
    );
  });
});
