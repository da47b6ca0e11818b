import { afterAll, beforeAll, expect, test } from 'vitest';
import { allRecords } from '../../../src/ledger/all-records.ts';
import { createClaims } from '../../../src/ledger/dynamodb.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => (tables = await startTables()));
afterAll(() => tables.close());

test('records of all targets since an instant, newest first, and no claims', async () => {
  const table = await tables.claimsTable();
  const claims = createClaims(tables.client, table);
  for (const [hour, service] of [
    [1, 'checkout'],
    [3, 'cart'],
    [2, 'search'],
  ] as const) {
    const target = `ecs:prod/${service}`;
    await claims.take(
      target,
      'ecs',
      `run-${hour}`,
      { target, reason: 'so' },
      `2026-11-22T0${hour}:00:00.000Z`,
    );
  }
  const found = await allRecords(tables.client, table, '2026-11-22T02:00:00.000Z');
  expect(found.map(({ execution }) => execution)).toEqual(['run-3', 'run-2']);
  expect(found[0]).toMatchObject({ target: 'ecs:prod/cart', automatic: false, request: { reason: 'so' } });
});
