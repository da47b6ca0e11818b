import { readFileSync } from 'node:fs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createWaits } from '../../../src/ledger/dynamodb.ts';
import { PARTITION } from '../../../src/ledger/dynamodb-waits.ts';
import type { Waits } from '../../../src/ledger/waits.ts';
import { startTables, type Tables } from './tables.ts';

const TARGET = 'ecs:prod/checkout';
const at = (second: number) => `2026-11-22T03:00:${String(second).padStart(2, '0')}.000Z`;

let tables: Tables;
let table: string;
let waits: Waits;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.claimsTable();
  waits = createWaits(tables.client, table);
});

test('a wait is found by its target until it ends', async () => {
  await waits.begin(TARGET, 'token-1', at(30));
  expect(await waits.tokenOf(TARGET, at(29))).toBe('token-1');
  expect(await waits.tokenOf(TARGET, at(30))).toBeNull();
  expect(await waits.tokenOf('ecs:prod/cart', at(0))).toBeNull();
});

test('the wait that ends last counts, in any order of their writes', async () => {
  await waits.begin(TARGET, 'token-1', at(30));
  await waits.begin(TARGET, 'token-2', at(50));
  await waits.begin(TARGET, 'token-1', at(30));
  expect(await waits.tokenOf(TARGET, at(10))).toBe('token-2');
});

test('the role of on-deployment may read these items, and no token of a question', async () => {
  const policy = readFileSync('functions/on-deployment/function.yml', 'utf8');
  expect(policy).toContain(`ForAllValues:StringLike: { "dynamodb:LeadingKeys": ["${PARTITION}*"] }`);
  await waits.begin(TARGET, 'token-1', at(30));
  const { Items = [] } = await tables.client.send(new ScanCommand({ TableName: table }));
  expect(Items.map(({ target }) => target as string)).toEqual([`${PARTITION}${TARGET}`]);
});
