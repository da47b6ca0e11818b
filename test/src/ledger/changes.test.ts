import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MAX_CHANGES_READ, type Changes, type KeptChange } from '../../../src/ledger/changes.ts';
import { createChanges, createLedger } from '../../../src/ledger/dynamodb.ts';
import { knownTargets } from '../../../src/ledger/known-targets.ts';
import { startTables, type Tables } from './tables.ts';

let stand: Tables;
let table: string;
let changes: Changes;
beforeAll(async () => {
  stand = await startTables();
});
afterAll(() => stand.close());
beforeEach(async () => {
  table = await stand.ledgerTable();
  changes = createChanges(stand.client, table);
});

const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
const changed = (clock: string, subject: string): KeptChange => ({
  at: at(clock),
  kind: 'parameter',
  subject: `parameter:${subject}`,
  aliases: [],
});

test('are read newest first, as far as an hour back', async () => {
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

test('no look reads more of them than it says, and then the newest', async () => {
  const minutes = Array.from({ length: MAX_CHANGES_READ + 1 }, (_, index) => index);
  await Promise.all(minutes.map((index) => changes.keep(String(index), changed('02:30', `/${index}`))));
  await changes.keep('newest', changed('02:31', '/newest'));
  const read = await changes.lately(at('03:00'));
  expect(read).toHaveLength(MAX_CHANGES_READ);
  expect(read[0]?.subject).toBe('parameter:/newest');
});

test('are no target that the ledger knows', async () => {
  await changes.keep('1', changed('02:59', '/flag'));
  await createLedger(stand.client, table).observe({
    target: 'ecs:prod/checkout',
    deployment: 'ecs-svc/1',
    completedAt: at('02:00'),
    soakUntil: at('02:30'),
  });
  expect(await knownTargets(stand.client, table)).toEqual(['ecs:prod/checkout']);
});
