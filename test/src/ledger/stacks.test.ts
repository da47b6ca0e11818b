import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLedger, createStacks } from '../../../src/ledger/dynamodb.ts';
import { knownTargets } from '../../../src/ledger/known-targets.ts';
import type { Stacks } from '../../../src/ledger/stacks.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
let table: string;
let stacks: Stacks;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.ledgerTable();
  stacks = createStacks(tables.client, table);
});

const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
const UPDATING = { status: 'UPDATE_IN_PROGRESS', at: at('03:00') };

test('is the last one, in whatever order the events come', async () => {
  const complete = { status: 'UPDATE_COMPLETE', at: at('03:02') };
  await stacks.keep('shop', complete);
  await stacks.keep('shop', UPDATING);
  expect(await stacks.of('shop')).toEqual(complete);
  const again = { ...UPDATING, at: at('03:10') };
  await stacks.keep('shop', again);
  expect(await stacks.of('shop')).toEqual(again);
});

test('is the end of an operation that began in the same second', async () => {
  const failed = { status: 'UPDATE_FAILED', at: UPDATING.at };
  for (const order of [
    [UPDATING, failed],
    [failed, UPDATING],
  ]) {
    for (const status of order) await stacks.keep('shop', status);
    expect(await stacks.of('shop')).toEqual(failed);
  }
});

test('is unknown of a stack without an event, and no target of the ledger', async () => {
  await stacks.keep('shop', UPDATING);
  expect(await stacks.of('search')).toBeNull();
  expect(await knownTargets(tables.client, table)).toEqual([]);
  expect(await createLedger(tables.client, table).entries('shop')).toEqual([]);
});
