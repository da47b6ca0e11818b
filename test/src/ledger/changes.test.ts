import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MAX_CHANGES_READ, type Changes, type KeptChange } from '../../../src/ledger/changes.ts';
import { createChanges, createLedger } from '../../../src/ledger/dynamodb.ts';
import { knownTargets } from '../../../src/ledger/known-targets.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
let table: string;
let changes: Changes;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.ledgerTable();
  changes = createChanges(tables.client, table);
});

const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
const changed = (clock: string, subject: string): KeptChange => ({
  at: at(clock),
  kind: 'parameter',
  subject: `parameter:${subject}`,
  aliases: [],
});

test('are read newest first, for the last hour', async () => {
  await changes.keep('1', changed('01:59', '/old'));
  await changes.keep('2', changed('02:00', '/first'));
  await changes.keep('3', changed('02:59', '/last'));
  expect(await changes.lately(at('03:00'))).toEqual([changed('02:59', '/last'), changed('02:00', '/first')]);
});

test('are kept once, however often their event comes', async () => {
  for (let delivery = 0; delivery < 2; delivery++) await changes.keep('1', changed('02:59', '/flag'));
  await changes.keep('2', changed('02:59', '/flag'));
  expect(await changes.lately(at('03:00'))).toHaveLength(2);
});

test('one look reads at most MAX_CHANGES_READ, the newest', async () => {
  const minutes = Array.from({ length: MAX_CHANGES_READ + 1 }, (_, index) => index);
  await Promise.all(minutes.map((index) => changes.keep(String(index), changed('02:30', `/${index}`))));
  await changes.keep('newest', changed('02:31', '/newest'));
  const read = await changes.lately(at('03:00'));
  expect(read).toHaveLength(MAX_CHANGES_READ);
  expect(read[0]?.subject).toBe('parameter:/newest');
});

test('do not appear as a target of the ledger', async () => {
  await changes.keep('1', changed('02:59', '/flag'));
  await createLedger(tables.client, table).observe({
    target: 'ecs:prod/checkout',
    deployment: 'ecs-svc/1',
    completedAt: at('02:00'),
    soakUntil: at('02:30'),
  });
  expect(await knownTargets(tables.client, table)).toEqual(['ecs:prod/checkout']);
});
