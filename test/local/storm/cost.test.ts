import { describe, expect, it, test } from 'vitest';
import { priced, PRICES, type Amounts } from '../../../local/storm/cost/prices.ts';
import { readUnitsOf, writeUnitsOf } from '../../../local/storm/cost/units.ts';

const NOTHING = Object.fromEntries(Object.keys(PRICES).map((item) => [item, 0])) as unknown as Amounts;
const big = (bytes: number) => ({ text: 'x'.repeat(bytes) });

test('prices a month by its units', () => {
  const usd = priced({
    ...NOTHING,
    lambdaGbSeconds: 100_000,
    traces: 43_800,
    cloudwatchRequests: 43_800,
    alarms: 2,
  });
  expect(usd.lambdaGbSeconds).toBeCloseTo(1.33, 2);
  expect(usd.traces).toBeCloseTo(0.219, 3);
  expect(usd.cloudwatchRequests).toBeCloseTo(0.438, 3);
  expect(usd.alarms).toBeCloseTo(0.2);
  expect(Object.values(priced(NOTHING)).every((one) => one === 0)).toBe(true);
});

describe('a read of DynamoDB', () => {
  it('takes half a unit for each 4 KB, and a whole one if it is consistent', () => {
    const get = (ConsistentRead: boolean, Item?: object) =>
      readUnitsOf({ operation: 'GetItem', input: { ConsistentRead } }, { Item });
    expect([get(false), get(true), get(false, big(5000)), get(true, big(5000))]).toEqual([0.5, 1, 1, 2]);
  });

  it('adds up the items of a query, and those that its filter dropped', () => {
    const query = (output: object) => readUnitsOf({ operation: 'Query', input: {} }, output);
    const Items = [big(2000), big(2000)];
    expect(query({ Items, Count: 2, ScannedCount: 2 })).toBe(0.5);
    expect(query({ Items, Count: 2, ScannedCount: 4 })).toBe(1);
  });
});

test('a write of DynamoDB takes a unit for each KB of an average item, and as many for its index', () => {
  expect(writeUnitsOf(10, [big(500), big(600)])).toBe(20);
  expect(writeUnitsOf(10, [big(500), big(3000)])).toBe(40);
});
