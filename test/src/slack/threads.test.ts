import { afterAll, beforeAll, expect, test } from 'vitest';
import { after } from '../../../src/rollback/time.ts';
import { createThreads } from '../../../src/slack/threads.ts';
import { startTables, type Tables } from '../ledger/tables.ts';

const NOW = '2026-11-22T03:00:00.000Z';
const KEY = { target: 'ecs:prod/checkout', item: 'thread#one' };

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

test.each([
  [60, false],
  [61, true],
])('a lease lasts a minute: after %i seconds the thread is free: %s', async (seconds, isFree) => {
  const threads = createThreads(tables.client, await tables.slackTable());
  await threads.add(KEY, 'started', { startedAt: NOW }, 'event-1', NOW);
  expect(await threads.open(KEY, NOW)).not.toBeNull();
  expect((await threads.open(KEY, after(NOW, seconds))) !== null).toBe(isFree);
});
