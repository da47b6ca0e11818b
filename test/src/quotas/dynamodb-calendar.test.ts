import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCalendar, PARTITION, type Calendar } from '../../../src/quotas/dynamodb-calendar.ts';
import { quotaNamed } from '../../../src/quotas/quotas.ts';
import { startTables, type Tables } from '../ledger/tables.ts';

const START = Date.parse('2026-11-22T03:00:00.000Z');
const UPDATES = quotaNamed('ecs service modify')!;
const RULES = quotaNamed('elb write')!;

let tables: Tables;
let table: string;
let calendar: Calendar;
let now: number;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.claimsTable();
  now = START;
  calendar = createCalendar(tables.client, table, () => new Date(now).toISOString());
});

const instant = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const items = async () => (await tables.client.send(new ScanCommand({ TableName: table }))).Items ?? [];

describe('a reservation', () => {
  it('is at once while the burst lasts, then at whole seconds, in order', async () => {
    now = START + 400;
    const turns = [];
    for (let index = 0; index < 50; index++) turns.push(await calendar.reserve(UPDATES, 1, 'before-write'));
    const seconds = turns.map(({ at }) => (Date.parse(at) - START) / 1000);
    expect(seconds.filter((second) => second === 0)).toHaveLength(40);
    expect(seconds.slice(40)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
    expect(turns.at(-1)?.ahead).toBe(45);
  });

  it('leaves its reserve to a rollout in flight', async () => {
    for (let index = 0; index < 60; index++) await calendar.reserve(UPDATES, 1, 'before-write');
    expect(await calendar.reserve(UPDATES, 1, 'rollout-in-flight')).toMatchObject({ at: instant(0) });
  });

  it('is of one quota alone', async () => {
    for (let index = 0; index < 60; index++) await calendar.reserve(UPDATES, 1, 'before-write');
    expect(await calendar.reserve(RULES, 1, 'before-write')).toEqual({ at: instant(0), ahead: 0 });
  });

  it('is not before its time, and counts the looks apart', async () => {
    expect(await calendar.reserve(UPDATES, 2, 'look', instant(27.2))).toEqual({ at: instant(28), ahead: 0 });
    expect(await items()).toEqual([
      {
        target: `${PARTITION}ecs service modify`,
        item: `from#${instant(20)}`,
        calls8: 2,
        looks8: 2,
        expiresAtEpoch: START / 1000 + 20 + 86_400,
      },
    ]);
  });

  it('remembers five minutes', async () => {
    for (let index = 0; index < 40; index++) await calendar.reserve(UPDATES, 1, 'before-write');
    now += 299_000;
    expect(await calendar.reserve(UPDATES, 30, 'before-write')).toMatchObject({ at: instant(299) });
    expect(await items()).toHaveLength(2);
  });
});

describe('many reservations at the same time', () => {
  it.each([
    ['before-write', 60],
    ['rollout-in-flight', 60],
    ['look', 60],
  ] as const)('(%s) stay within the burst and the rate, and each is kept', async (urgency, count) => {
    const turns = await Promise.all(
      Array.from({ length: count }, () => calendar.reserve(UPDATES, 1, urgency)),
    );
    const bySecond = Map.groupBy(turns, ({ at }) => (Date.parse(at) - START) / 1000);
    const burst = { 'before-write': 40, 'rollout-in-flight': 50, look: 25 }[urgency];
    expect(bySecond.get(0)?.length).toBeLessThanOrEqual(burst);
    let sum = 0;
    for (const [second, some] of [...bySecond].toSorted(([one], [other]) => one - other))
      expect((sum += some.length)).toBeLessThanOrEqual(50 + 5 * (second + 1));
    const kept = (await items()).flatMap((item) =>
      Object.entries(item).flatMap(([name, value]) => (name.startsWith('calls') ? [Number(value)] : [])),
    );
    expect(kept.reduce((all, one) => all + one, 0)).toBe(count);
  });

  it('of any mix stay within one window more', async () => {
    const wish = fc.record({
      calls: fc.integer({ min: 1, max: 3 }),
      urgency: fc.constantFrom('rollout-in-flight' as const, 'before-write' as const, 'look' as const),
      delay: fc.integer({ min: 0, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 40 }), async (wishes) => {
        const one = createCalendar(tables.client, await tables.claimsTable(), () => instant(0));
        const turns = await Promise.all(
          wishes.map(async ({ calls, urgency, delay }) => ({
            calls,
            ...(await one.reserve(RULES, calls, urgency, instant(delay))),
          })),
        );
        for (const { at: from } of turns)
          for (const { at: to } of turns) {
            const within = turns.filter(({ at }) => at >= from && at <= to);
            const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
            const sum = within.reduce((all, { calls }) => all + calls, 0);
            if (seconds >= 0) expect(sum).toBeLessThanOrEqual(20 + 3 * (seconds + 1) + 3);
          }
      }),
      { numRuns: 8 },
    );
  });
});

describe('reservations of many together', () => {
  it('are those that each would have got, in few writes', async () => {
    const each = await calendar.reserveEach(UPDATES, 1, 'before-write', 100);
    const seconds = each.map(({ at }) => (Date.parse(at) - START) / 1000);
    expect(seconds.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 0));
    expect(seconds.slice(40)).toEqual(Array.from({ length: 60 }, (_, index) => 1 + Math.floor(index / 5)));
    expect(await items()).toHaveLength(2);
    expect(await calendar.reserve(UPDATES, 1, 'before-write')).toEqual({ at: instant(13), ahead: 100 });
  });

  it('take no room that others reserve at the same time', async () => {
    const all = await Promise.all([
      calendar.reserveEach(UPDATES, 1, 'before-write', 60),
      ...Array.from({ length: 20 }, () => calendar.reserve(UPDATES, 1, 'before-write')),
      calendar.reserveEach(UPDATES, 1, 'before-write', 60),
    ]);
    const seconds = all.flat().map(({ at }) => (Date.parse(at) - START) / 1000);
    expect(seconds).toHaveLength(140);
    for (const second of new Set(seconds)) {
      const upTo = seconds.filter((one) => one <= second).length;
      expect(upTo).toBeLessThanOrEqual(50 + 5 * (second + 1));
    }
  });
});

describe('a quota', () => {
  it('is scarce while a way back waits for it, and not for a look', async () => {
    expect(await calendar.isScarce(UPDATES)).toBe(false);
    await calendar.reserve(UPDATES, 1, 'look', instant(30));
    expect(await calendar.isScarce(UPDATES)).toBe(false);
    await calendar.reserveEach(UPDATES, 1, 'before-write', 50);
    expect(await calendar.isScarce(UPDATES)).toBe(true);
    now = START + 3_000;
    expect(await calendar.isScarce(UPDATES)).toBe(false);
  });
});

describe('reservations at the same moment', () => {
  it('all find a second, however many they are', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) => {
        const at = new Date(START + index).toISOString();
        return createCalendar(tables.client, table, () => at).reserve(RULES, 1, 'before-write');
      }),
    );
    expect(all.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});
