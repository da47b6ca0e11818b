import { readFile } from 'node:fs/promises';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLedger } from '../../../src/ledger/dynamodb.ts';
import type { Ledger, ObservedRevision } from '../../../src/ledger/ledger.ts';
import { startTables, type Tables } from './tables.ts';

const TARGET = 'ecs:prod/checkout';
const REVISION = {
  id: 'arn:aws:ecs:eu-west-1:111122223333:service-revision/prod/checkout/41',
  name: 'checkout:41',
};
const OTHER = {
  id: 'arn:aws:ecs:eu-west-1:111122223333:service-revision/prod/checkout/42',
  name: 'checkout:42',
};

let tables: Tables;
let ledger: Ledger;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  ledger = createLedger(tables.client, await tables.ledgerTable());
});

function observation(hour: number, deployment = `deployment-${hour}`): ObservedRevision {
  const at = (minute: string) => `2026-11-22T${String(hour).padStart(2, '0')}:${minute}:00.000Z`;
  return { target: TARGET, deployment, completedAt: at('00'), soakUntil: at('30') };
}

describe('an observed revision', () => {
  test('keeps the sight before, at which it was not there yet', async () => {
    const seen = { ...observation(3), notBefore: '2026-11-22T02:51:00.000Z' };
    await ledger.observe(seen);
    expect(await ledger.entries(seen.target)).toEqual([{ state: 'candidate', ...seen }]);
    expect(await ledger.soaked('2026-11-23T00:00:00.000Z', 9)).toEqual([seen]);
  });

  test('is a candidate until its soak is over, and then waits to be proven', async () => {
    await ledger.observe(observation(3));
    expect(await ledger.entries(TARGET)).toEqual([{ state: 'candidate', ...observation(3) }]);
    expect(await ledger.soaked('2026-11-22T03:29:59.999Z', 10)).toEqual([]);
    expect(await ledger.soaked('2026-11-22T03:30:00.000Z', 10)).toEqual([observation(3)]);
  });

  test('is found in any spelling of its instants', async () => {
    await ledger.observe({
      ...observation(3),
      completedAt: '2026-11-22T04:00:00+01:00',
      soakUntil: '2026-11-22T03:30:00Z',
    });
    expect(await ledger.soaked('2026-11-22T03:30:00.000Z', 10)).toEqual([observation(3)]);
  });

  test('that is redelivered changes nothing, not even after it was proven', async () => {
    await ledger.observe(observation(3));
    await ledger.prove(observation(3), REVISION, '2026-11-22T03:31:00.000Z', ['quiet']);
    await ledger.observe({ ...observation(3), soakUntil: '2026-11-22T03:00:00.000Z' });
    expect(await ledger.soaked('2026-11-23T00:00:00.000Z', 10)).toEqual([]);
  });

  test('is read oldest first, up to the limit', async () => {
    for (const hour of [5, 3, 4]) await ledger.observe(observation(hour));
    expect(await ledger.soaked('2026-11-23T00:00:00.000Z', 2)).toEqual([observation(3), observation(4)]);
  });

  test('that must wait longer is read later', async () => {
    await ledger.observe(observation(3));
    await ledger.wait(observation(3), '2026-11-22T06:00:00.000Z');
    expect(await ledger.soaked('2026-11-22T05:00:00.000Z', 10)).toEqual([]);
    expect(await ledger.soaked('2026-11-22T06:00:00.000Z', 10)).toHaveLength(1);
  });

  test('that is forgotten soaks no more, and still shows what ran', async () => {
    await ledger.observe(observation(3));
    await ledger.forget(observation(3));
    expect(await ledger.entries(TARGET)).toEqual([{ state: 'observed', ...observation(3) }]);
    expect(await ledger.soaked('2026-11-23T00:00:00.000Z', 10)).toEqual([]);
  });
});

describe('a proven revision', () => {
  test('keeps its evidence', async () => {
    await ledger.observe(observation(3));
    await ledger.prove(observation(3), REVISION, '2026-11-22T03:31:00.000Z', ['alarm checkout-5xx was OK']);
    expect(await ledger.entries(TARGET)).toEqual([
      {
        state: 'proven',
        target: TARGET,
        revision: REVISION,
        completedAt: '2026-11-22T03:00:00.000Z',
        provenAt: '2026-11-22T03:31:00.000Z',
        evidence: ['alarm checkout-5xx was OK'],
      },
      { state: 'observed', ...observation(3) },
    ]);
  });

  test('becomes the newest when it is proven again, and never older', async () => {
    await ledger.prove(observation(3), REVISION, '2026-11-22T03:31:00.000Z', []);
    await ledger.prove(observation(4), OTHER, '2026-11-22T04:31:00.000Z', []);
    expect(await ids()).toEqual([OTHER.id, REVISION.id]);
    await ledger.prove(observation(5), REVISION, '2026-11-22T05:31:00.000Z', []);
    expect(await ids()).toEqual([REVISION.id, OTHER.id]);
    await ledger.prove(observation(2), REVISION, '2026-11-22T06:00:00.000Z', []);
    expect(await ids()).toEqual([REVISION.id, OTHER.id]);
  });
});

describe('a condemned revision', () => {
  const condemn = (at: string, evidence: string) =>
    ledger.condemn(TARGET, REVISION, at, [evidence], 'execution-1');

  test('is never proven again, though its observed revision is settled', async () => {
    await ledger.observe(observation(3));
    await condemn('2026-11-22T03:10:00.000Z', 'alarm checkout-5xx');
    await ledger.prove(observation(3), REVISION, '2026-11-22T03:31:00.000Z', ['quiet']);
    expect(await ledger.entries(TARGET)).toMatchObject([
      { state: 'condemned', evidence: ['alarm checkout-5xx'] },
      { state: 'observed', deployment: 'deployment-3' },
    ]);
    expect(await ledger.soaked('2026-11-23T00:00:00.000Z', 10)).toEqual([]);
  });

  test('may have been proven before', async () => {
    await ledger.prove(observation(3), REVISION, '2026-11-22T03:31:00.000Z', ['quiet']);
    await condemn('2026-11-22T09:00:00.000Z', 'alarm checkout-5xx');
    expect(await ledger.entries(TARGET)).toEqual([
      {
        state: 'condemned',
        target: TARGET,
        revision: REVISION,
        condemnedAt: '2026-11-22T09:00:00.000Z',
        evidence: ['alarm checkout-5xx'],
        execution: 'execution-1',
      },
    ]);
  });

  test('keeps its first evidence', async () => {
    await condemn('2026-11-22T03:10:00.000Z', 'first');
    await condemn('2026-11-22T05:10:00.000Z', 'second');
    expect(await ledger.entries(TARGET)).toMatchObject([
      { evidence: ['first'], condemnedAt: '2026-11-22T03:10:00.000Z' },
    ]);
  });
});

test('a target has only its own entries', async () => {
  await ledger.prove(observation(3), REVISION, '2026-11-22T03:31:00.000Z', []);
  expect(await ledger.entries('ecs:prod/basket')).toEqual([]);
});

async function ids(): Promise<string[]> {
  return (await ledger.entries(TARGET)).map((entry) =>
    'deployment' in entry ? entry.deployment : entry.revision.id,
  );
}

test('the runbook condemns a revision by hand, with the item that Lastgood would write', async () => {
  const runbook = await readFile('docs/runbook.md', 'utf8');
  const [, item = ''] = /put-item --table-name lastgood-prod-ledger --item '(.+?)'\n/s.exec(runbook) ?? [];
  const table = await tables.ledgerTable();
  await tables.raw.send(new PutItemCommand({ TableName: table, Item: JSON.parse(item) as never }));
  const byHand = await createLedger(tables.client, table).entries(TARGET);
  const [condemned] = byHand.flatMap((entry) => (entry.state === 'condemned' ? [entry] : []));
  const { revision, condemnedAt, evidence, execution } = condemned!;
  await ledger.condemn(TARGET, revision, condemnedAt, evidence, execution);
  expect(byHand).toEqual(await ledger.entries(TARGET));
  await createLedger(tables.client, table).condemn(TARGET, revision, condemnedAt, [], execution);
  expect(await createLedger(tables.client, table).entries(TARGET)).toEqual(byHand);
});
