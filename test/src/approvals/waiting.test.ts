import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createWaiting, type WaitingQuestions } from '../../../src/approvals/waiting.ts';
import type { AskedAbout, Claims } from '../../../src/ledger/claims.ts';
import { createClaims } from '../../../src/ledger/dynamodb.ts';
import { TargetClaimed } from '../../../src/rollback/errors.ts';
import { startTables, type Tables } from '../ledger/tables.ts';
import { BY_ALARM, BY_HAND, TARGET } from '../rollback/judge-facts.ts';

const at = (clock: string) => `2026-11-22T${clock}.000Z`;
const about: AskedAbout = {
  plan: 'a'.repeat(64),
  approvals: 1,
  askedAt: at('03:00:02'),
  heard: 0,
  again: 0,
};

let tables: Tables;
let table: string;
let claims: Claims;
let waiting: WaitingQuestions;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.claimsTable();
  claims = createClaims(tables.client, table);
  waiting = createWaiting(tables.client, table);
});

const take = () => claims.take(TARGET, 'ecs', 'one', BY_ALARM, at('03:00:00'));
const askNow = () => claims.ask(TARGET, 'one', 'token-1', at('03:10:00'), about);

test('returns the question of the holder, with all its triggers', async () => {
  await take();
  await askNow();
  await expect(claims.take(TARGET, 'ecs', 'two', BY_HAND, at('03:02:00'))).rejects.toThrow(TargetClaimed);
  expect(await waiting.at(TARGET)).toEqual({
    token: 'token-1',
    about,
    request: BY_ALARM,
    alsoTriggeredBy: [{ ...BY_HAND, heardAt: at('03:02:00') }],
  });
});

test.each<[string, () => Promise<unknown>]>([
  ['the target is not held', () => Promise.resolve()],
  ['it has not asked', take],
  [
    'it has ended',
    async () => {
      await take();
      await askNow();
      const outcome = { state: 'skipped', at: at('03:11:00'), reason: 'x', advice: [] } as const;
      await claims.close({ target: TARGET, execution: 'one', outcome });
    },
  ],
  [
    'its question is one of an earlier version',
    async () => {
      await take();
      await askNow();
      await tables.client.send(
        new UpdateCommand({
          TableName: table,
          Key: { target: TARGET, item: 'rollback#one' },
          UpdateExpression: 'REMOVE about.heard',
        }),
      );
    },
  ],
])('returns null if %s', async (_, before) => {
  await before();
  expect(await waiting.at(TARGET)).toBeNull();
});
