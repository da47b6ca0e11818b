import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLedger } from '../../../src/ledger/dynamodb.ts';
import { createHints, type Hints } from '../../../src/ledger/hints.ts';
import { knownTargets } from '../../../src/ledger/known-targets.ts';
import { startTables, type Tables } from './tables.ts';

const TARGET = 'ecs:prod/checkout';
const at = (second: number) => `2026-11-22T03:00:${String(second).padStart(2, '0')}.000Z`;

let tables: Tables;
let table: string;
let hints: Hints;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.ledgerTable();
  hints = createHints(tables.raw, table);
});

test('of many simultaneous hints one is due, and the next after twenty seconds', async () => {
  const many = await Promise.all(Array.from({ length: 20 }, () => hints.isDue(TARGET, at(0))));
  expect(many.filter(Boolean)).toHaveLength(1);
  expect(await hints.isDue(TARGET, at(19))).toBe(false);
  expect(await hints.isDue(TARGET, at(20))).toBe(true);
  expect(await hints.isDue(TARGET, at(39))).toBe(false);
});

test('targets do not wait for each other', async () => {
  expect(await hints.isDue(TARGET, at(0))).toBe(true);
  expect(await hints.isDue('ecs:prod/other', at(0))).toBe(true);
});

test('a hint does not appear as a target or as an entry', async () => {
  await hints.isDue(TARGET, at(0));
  expect(await knownTargets(tables.client, table)).toEqual([]);
  expect(await createLedger(tables.client, table).entries(TARGET)).toEqual([]);
});
