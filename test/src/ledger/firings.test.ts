import { readFileSync } from 'node:fs';
import { GetCommand, ScanCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClaims, createFirings } from '../../../src/ledger/dynamodb.ts';
import { PARTITION } from '../../../src/ledger/dynamodb-firings.ts';
import { MAX_FIRINGS, type Firings } from '../../../src/ledger/firings.ts';
import { startTables, type Tables } from './tables.ts';

const ALERT = { by: 'alertmanager', alert: 'c0ffee', target: 'ecs:prod/checkout' };
const NOW = '2026-11-22T03:30:00.000Z';
const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;

let tables: Tables;
let table: string;
let firings: Firings;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.claimsTable();
  firings = createFirings(tables.client, table);
});

const items = async () => (await tables.client.send(new ScanCommand({ TableName: table }))).Items ?? [];

describe('a firing', () => {
  test('is returned at the next firing, oldest first, in any order of arrival', async () => {
    expect(await firings.remember(ALERT, at(10), NOW)).toEqual([]);
    expect(await firings.remember(ALERT, at(20), NOW)).toEqual([at(10)]);
    expect(await firings.remember(ALERT, at(5), NOW)).toEqual([]);
    expect(await firings.remember(ALERT, at(25), NOW)).toEqual([at(5), at(10), at(20)]);
  });

  test('is remembered once, in any spelling of its instant', async () => {
    await firings.remember(ALERT, at(10), NOW);
    await firings.remember(ALERT, '2026-11-22T04:10:00+01:00', NOW);
    await firings.remember(ALERT, at(10), NOW);
    expect(await firings.remember(ALERT, at(20), NOW)).toEqual([at(10)]);
  });

  test.each([{ by: 'grafana' }, { alert: 'another' }, { target: 'ecs:prod/cart' }])(
    'is of one alert of one tool about one target, not of %j',
    async (other) => {
      await firings.remember(ALERT, at(10), NOW);
      expect(await firings.remember({ ...ALERT, ...other }, at(20), NOW)).toEqual([]);
    },
  );

  test('is forgotten after 26 hours', async () => {
    await firings.remember(ALERT, '2026-11-21T01:29:59.000Z', '2026-11-21T01:30:00.000Z');
    await firings.remember(ALERT, '2026-11-21T01:30:00.000Z', '2026-11-21T01:30:00.000Z');
    expect(await firings.remember(ALERT, at(20), NOW)).toEqual(['2026-11-21T01:30:00.000Z']);
  });

  test('is kept only among the newest', async () => {
    for (let second = 0; second < MAX_FIRINGS + 9; second++)
      await firings.remember(ALERT, `2026-11-22T03:${String(second).padStart(2, '0')}:00.000Z`, NOW);
    const before = await firings.remember(ALERT, '2026-11-22T04:00:00.000Z', NOW);
    expect(before).toHaveLength(MAX_FIRINGS - 1);
    expect(before[0]).toBe(at(10));
  });

  test('is kept for two days, in one item that is no claim and no record', async () => {
    await firings.remember(ALERT, at(10), NOW);
    await firings.remember(ALERT, at(20), NOW);
    expect(await items()).toMatchObject([
      {
        item: 'fired#ecs:prod/checkout',
        fired: [at(10), at(20)],
        expiresAtEpoch: Date.parse(NOW) / 1000 + 2 * 86_400,
      },
    ]);
    const claims = createClaims(tables.client, table);
    expect(await claims.records(ALERT.target, '2026-11-01T00:00:00.000Z')).toEqual([]);
    expect(await claims.open('2027-01-01T00:00:00.000Z', 10)).toEqual([]);
  });

  test('is not lost if two invocations write at once', async () => {
    await Promise.all([firings.remember(ALERT, at(10), NOW), firings.remember(ALERT, at(11), NOW)]);
    expect(await firings.remember(ALERT, at(20), NOW)).toEqual([at(10), at(11)]);
  });

  test('is given up if other invocations keep writing', async () => {
    let minute = 0;
    const client = {
      send: async (command: GetCommand | UpdateCommand) => {
        const answer: unknown = await tables.client.send(command as GetCommand);
        if (command instanceof GetCommand && minute < 50) {
          const other = createFirings(tables.client, table);
          await other.remember(ALERT, at(minute++), NOW);
        }
        return answer;
      },
    } as unknown as DynamoDBDocumentClient;
    await expect(createFirings(client, table).remember(ALERT, at(55), NOW)).rejects.toMatchObject({
      name: 'Unavailable',
    });
  });
});

test('the role of on-webhook may write these items and no claim', async () => {
  const policy = readFileSync('functions/on-webhook/function.yml', 'utf8');
  expect(policy).toContain(`ForAllValues:StringLike: { "dynamodb:LeadingKeys": ["${PARTITION}*"] }`);
  await firings.remember(ALERT, at(10), NOW);
  for (const { target } of await items()) expect(target).toMatch(new RegExp(`^${PARTITION}`));
});
