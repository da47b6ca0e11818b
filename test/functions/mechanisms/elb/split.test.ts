import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRun, writeRun } from '../../../../functions/mechanisms/elb/runs.ts';
import {
  nameSplit,
  readSplit,
  sharesOf,
  splitOf,
  writeContent,
  writeSplit,
} from '../../../../functions/mechanisms/elb/split.ts';
import { isWhole } from '../../../../src/ledger/splits.ts';

const PLACE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
const LISTENER = `${PLACE}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const group = (name: string, id = '6d0ecf831eec9f09') => `${PLACE}:targetgroup/${name}/${id}`;

const groups = fc.uniqueArray(
  fc
    .tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), fc.stringMatching(/^[0-9a-f]{16}$/))
    .map(([name, id]) => group(name, id)),
  { minLength: 1, maxLength: 5 },
);
const shares = groups.chain((arns) =>
  fc.tuple(
    ...arns.map((targetGroup) => fc.record({ targetGroup: fc.constant(targetGroup), weight: fc.nat(999) })),
  ),
);

describe('the text of a split', () => {
  test('reads back as the split it was written from', () => {
    fc.assert(
      fc.property(shares, (given) => {
        const split = splitOf(given);
        expect(readSplit(writeSplit(split), LISTENER)).toEqual(split);
      }),
    );
  });

  test('with what runs behind each group reads back too', () => {
    const behind = fc.dictionary(fc.constant('x'), fc.stringMatching(/^[0-9a-f]{12}$/));
    fc.assert(
      fc.property(shares, behind, (given, { x }) => {
        const split = splitOf(given).map((share, index) =>
          x !== undefined && index % 2 === 0 ? { ...share, behind: x } : share,
        );
        expect(readSplit(writeContent(split), LISTENER)).toEqual(split);
        expect(writeSplit(split)).toBe(writeSplit(splitOf(given)));
      }),
    );
  });

  test('is equal for equal proportions, whatever the order and the groups at weight 0', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 9 }), (given, times) => {
        const scaled = given.map((share) => ({ ...share, weight: share.weight * times })).toReversed();
        const idle = { targetGroup: group('zzz-idle', '0000000000000000'), weight: 0 };
        expect(writeSplit(splitOf([...scaled, idle]))).toBe(writeSplit(splitOf(given)));
      }),
    );
  });

  test('differs where proportions differ', () => {
    const of = (blue: number, green: number) =>
      writeSplit(
        splitOf([
          { targetGroup: group('blue'), weight: blue },
          { targetGroup: group('green'), weight: green },
        ]),
      );
    expect(of(9, 1)).toBe('blue/6d0ecf831eec9f09=9 green/6d0ecf831eec9f09=1');
    expect(new Set([of(9, 1), of(1, 9), of(1, 1), of(100, 0), of(0, 100), of(0, 0)]).size).toBe(6);
  });

  test.each(['', 'no-such-revision', 'blue=1', 'blue/6d0ecf831eec9f09', 'blue/6d0ecf831eec9f09=x', 'a b'])(
    'is not %j',
    (text) => {
      expect(readSplit(text, LISTENER)).toBeNull();
    },
  );

  test('with an instant is a run, and reads back', () => {
    fc.assert(
      fc.property(shares, (given) => {
        const run = { split: splitOf(given), since: '2026-11-22T03:04:00.000Z' };
        expect(readRun(writeRun(run), LISTENER)).toEqual(run);
      }),
    );
    expect(readRun('blue/6d0ecf831eec9f09=1 since long ago', LISTENER)).toBeNull();
  });
});

test('a forward in its short form gives everything to its group', () => {
  const action = { Type: 'forward', TargetGroupArn: group('blue') } as const;
  const split = splitOf(sharesOf([action])!);
  expect(split).toEqual([{ targetGroup: group('blue'), weight: 1 }]);
  expect(isWhole(split)).toBe(true);
});

test('actions that do not forward have no shares', () => {
  expect(sharesOf([{ Type: 'fixed-response' }])).toBeNull();
});

test('people read percentages', () => {
  const split = splitOf([
    { targetGroup: group('checkout-blue'), weight: 90 },
    { targetGroup: group('checkout-green'), weight: 10 },
  ]);
  expect(nameSplit(split)).toBe('90 % checkout-blue and 10 % checkout-green');
  expect(nameSplit(split.slice(0, 1))).toBe('checkout-blue');
  expect(nameSplit([])).toBe('no target group at all');
});
