import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFreezes, createLedger } from '../../../src/ledger/dynamodb.ts';
import type { Freeze, Freezes } from '../../../src/ledger/freezes.ts';
import { startTables, type Tables } from './tables.ts';

const TARGET = 'ecs:prod/checkout';
const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
const FREEZE: Freeze = { target: TARGET, reason: 'sale', by: 'ada', at: at(0) };

let tables: Tables;
let table: string;
let freezes: Freezes;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.ledgerTable();
  freezes = createFreezes(tables.client, table);
});

describe('a freeze', () => {
  test('holds its target and no other', async () => {
    expect(await freezes.of(TARGET, at(1))).toBeNull();
    await freezes.freeze(FREEZE);
    expect(await freezes.of(TARGET, at(1))).toEqual(FREEZE);
    expect(await freezes.of('ecs:prod/other', at(1))).toBeNull();
  });

  test('expires, whether or not DynamoDB has deleted it', async () => {
    await freezes.freeze({ ...FREEZE, until: at(10) });
    expect(await freezes.of(TARGET, '2026-11-22T03:09:59.999Z')).toMatchObject({ until: at(10) });
    expect(await freezes.of(TARGET, at(10))).toBeNull();
  });

  test('is ended by a person, once', async () => {
    await freezes.freeze(FREEZE);
    expect(await freezes.unfreeze(TARGET, 'grace', at(5))).toBe(true);
    expect(await freezes.of(TARGET, at(6))).toBeNull();
    expect(await freezes.unfreeze(TARGET, 'grace', at(7))).toBe(false);
  });

  test('may be ended again by a retry, until there is a new one', async () => {
    await freezes.freeze(FREEZE);
    const end = () => freezes.unfreeze(TARGET, 'grace', at(5));
    expect([await end(), await end()]).toEqual([true, true]);
    await freezes.freeze({ ...FREEZE, at: at(6) });
    expect(await end()).toBe(false);
    expect(await freezes.of(TARGET, at(7))).toMatchObject({ at: at(6) });
  });

  test('that is older than the one in force changes nothing', async () => {
    const later = { ...FREEZE, reason: 'fault', at: at(5) };
    await freezes.freeze(later);
    await freezes.freeze({ ...FREEZE, until: at(2) });
    expect(await freezes.of(TARGET, at(6))).toEqual(later);
  });

  test('that arrives after its end has no effect; a new one has', async () => {
    await freezes.freeze(FREEZE);
    await freezes.unfreeze(TARGET, 'grace', at(5));
    await freezes.freeze(FREEZE);
    expect(await freezes.of(TARGET, at(6))).toBeNull();
    await freezes.freeze({ ...FREEZE, at: at(6) });
    expect(await freezes.of(TARGET, at(7))).toMatchObject({ at: at(6) });
  });

  test('that is newer outlives an earlier end', async () => {
    await freezes.freeze({ ...FREEZE, at: at(5) });
    expect(await freezes.unfreeze(TARGET, 'grace', at(4))).toBe(false);
    expect(await freezes.of(TARGET, at(6))).not.toBeNull();
  });

  test('without an end replaces one with an end, and its deletion', async () => {
    await freezes.freeze({ ...FREEZE, until: at(10) });
    await freezes.freeze({ ...FREEZE, at: at(1) });
    expect(await freezes.of(TARGET, at(30))).toEqual({ ...FREEZE, at: at(1) });
  });

  test('is no entry of the ledger', async () => {
    await freezes.freeze(FREEZE);
    expect(await createLedger(tables.client, table).entries(TARGET)).toEqual([]);
  });
});
