import { ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onSlack } from '../../../functions/on-slack/on-slack.ts';
import { Secret } from '../../../src/aws/secret.ts';
import { createNonces, type Nonces } from '../../../src/slack/nonces.ts';
import { asEvent, command, genuineOf, NOW, SECRET } from '../../functions/on-slack/slack-requests.ts';
import { startTables, type Tables } from '../ledger/tables.ts';

const AT = '2026-11-22T03:30:00.000Z';

let tables: Tables;
let table: string;
let nonces: Nonces;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.slackTable();
  nonces = createNonces(tables.raw, table);
});

describe('a word', () => {
  it('is new once, however often it comes', async () => {
    const answers = [];
    for (const minute of ['30', '31', '59'])
      answers.push(await nonces.isNew('v0=a', AT.replace('30', minute)));
    expect(answers).toEqual([true, false, false]);
  });

  it('is new to only one of many that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => nonces.isNew('v0=a', AT)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('is another word than one that begins with it', async () => {
    await nonces.isNew('v0=ab', AT);
    expect(await nonces.isNew('v0=a', AT)).toBe(true);
  });

  it('is kept as a hash, for a day', async () => {
    await nonces.isNew('v0=a', AT);
    const { Items = [] } = await tables.raw.send(new ScanCommand({ TableName: table }));
    expect(Items).toHaveLength(1);
    expect(JSON.stringify(Items)).not.toContain('v0=a');
    const { seenAt, expiresAtEpoch } = Items[0] ?? {};
    expect(seenAt).toEqual({ S: AT });
    expect(Number(expiresAtEpoch?.N) - Date.parse(AT) / 1000).toBe(86_400);
  });

  it('is not taken for new, or for old, when the table does not answer', async () => {
    await expect(createNonces(tables.raw, 'no-table').isNew('v0=a', AT)).rejects.toThrow();
  });
});

it('a request of Slack that is replayed is handed over once', async () => {
  const handedOver: unknown[] = [];
  const handler = onSlack({
    secret: () => Promise.resolve(new Secret(SECRET, 'signing-secret')),
    nonces,
    handOver: (sent) => Promise.resolve(void handedOver.push(sent)),
    openForm: () => Promise.reject(new Error('opened')),
    now: () => new Date(NOW * 1000).toISOString(),
  });
  const [sent] = fc.sample(genuineOf(command), 1);
  for (let time = 0; time < 3; time++) await handler(asEvent(sent!));
  expect(handedOver).toHaveLength(1);
});
