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
  [90, false],
  [91, true],
])(
  'a lease lasts longer than a function: after %i seconds the thread is free: %s',
  async (seconds, isFree) => {
    const threads = createThreads(tables.client, await tables.slackTable());
    await threads.add(KEY, { slice: 'started', detail: { startedAt: NOW }, edition: 'event-1' }, 'yes', NOW);
    expect(await threads.open(KEY, NOW)).not.toBeNull();
    expect((await threads.open(KEY, after(NOW, seconds))) !== null).toBe(isFree);
  },
);
