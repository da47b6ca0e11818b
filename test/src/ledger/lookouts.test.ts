import { readFileSync } from 'node:fs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNoteStop } from '../../../functions/on-hint/note-stop.ts';
import { createLookouts } from '../../../src/ledger/dynamodb.ts';
import { LOOKOUTS, MAX_STOPS } from '../../../src/ledger/lookout-keys.ts';
import type { LookedAt, Lookouts, NotedStop } from '../../../src/ledger/lookouts.ts';
import { startTables, type Tables } from './tables.ts';

const TARGET = 'ecs:prod/checkout';
const at = (second: number) => new Date(Date.parse('2026-11-22T03:00:00.000Z') + second * 1000).toISOString();
const one = {
  target: TARGET,
  execution: 'one',
  deployment: 'deployment/1',
  startedAt: at(0),
  planned: 'rollout/1',
};
const two = {
  target: TARGET,
  execution: 'two',
  deployment: 'deployment/2',
  startedAt: at(60),
  planned: 'rollout/2',
};
const stop = (second: number, more: Partial<NotedStop> = {}): NotedStop => ({
  ...{ id: `task/${second}`, at: at(second), startedBy: 'ecs-svc/1', definition: 'checkout:2' },
  ...{ kind: 'crash', says: 'app exited with 1' },
  ...more,
});
const looked = (more: Partial<LookedAt> = {}): LookedAt => ({
  ...{ target: TARGET, deployment: 'deployment/1', startedAt: at(0), endedAt: at(1800) },
  ...{ mode: 'act', looks: 100, state: 'quiet', says: ['Nothing was seen against it.'] },
  ...more,
});

let tables: Tables;
let table: string;
let lookouts: Lookouts;
let note: ReturnType<typeof createNoteStop>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.ledgerTable();
  lookouts = createLookouts(tables.client, table);
  note = createNoteStop(tables.raw, table);
});

describe('the lease of a target', () => {
  test('is taken, and renewed by the same execution', async () => {
    expect(await lookouts.keep(one, at(5))).toEqual({ stops: [] });
    expect(await lookouts.keep(one, at(15))).toEqual({ stops: [] });
  });

  test('goes to the lookout of a later deployment, and never back', async () => {
    await lookouts.keep(one, at(5));
    expect(await lookouts.keep(two, at(65))).toEqual({ stops: [] });
    expect(await lookouts.keep(one, at(75))).toEqual({ stops: [], supersededBy: 'deployment/2' });
    expect(await lookouts.keep(two, at(85))).toEqual({ stops: [] });
  });

  test('stays with the first lookout of a deployment that two events name differently', async () => {
    const again = { ...one, execution: 'again', deployment: 'task-set/1', startedAt: at(30) };
    await lookouts.keep(one, at(35));
    expect(await lookouts.keep(again, at(40))).toEqual({ stops: [], supersededBy: 'deployment/1' });
    expect(await lookouts.keep(one, at(45))).toEqual({ stops: [] });
  });

  test('is taken from a lookout that has not looked for long', async () => {
    await lookouts.keep(one, at(5));
    const again = { ...one, execution: 'again' };
    expect(await lookouts.keep(again, at(600))).toMatchObject({ supersededBy: 'deployment/1' });
    expect(await lookouts.keep(again, at(606))).toEqual({ stops: [] });
  });

  test('is given back at the end, so that a later one begins anew', async () => {
    await lookouts.keep(two, at(65));
    await lookouts.end(two, looked({ deployment: two.deployment, startedAt: two.startedAt }));
    await note(TARGET, stop(70));
    const earlier = { ...one, execution: 'three' };
    expect(await lookouts.keep(earlier, at(90))).toEqual({ stops: [] });
  });

  test('is not given back by another execution', async () => {
    await lookouts.keep(one, at(5));
    await lookouts.keep(two, at(65));
    await lookouts.end(one, looked());
    expect(await lookouts.keep(two, at(75))).toEqual({ stops: [] });
    expect(await lookouts.keep(one, at(75))).toMatchObject({ supersededBy: 'deployment/2' });
  });
});

describe('a stopped task', () => {
  test('is noted for the lookout of its target, once for all its events', async () => {
    await lookouts.keep(one, at(5));
    await note(TARGET, stop(10));
    await note(TARGET, stop(20));
    await note(TARGET, stop(10));
    expect(await lookouts.keep(one, at(30))).toEqual({ stops: [stop(10), stop(20)] });
  });

  test('is not noted where nothing follows, and never throws', async () => {
    await note(TARGET, stop(10));
    await createNoteStop(tables.raw, 'no-such-table')(TARGET, stop(10));
    const { Items = [] } = await tables.client.send(new ScanCommand({ TableName: table }));
    expect(Items).toEqual([]);
  });

  test('of before the deployment is left by another lookout', async () => {
    await lookouts.keep(one, at(5));
    await note(TARGET, stop(30));
    await note(TARGET, stop(90));
    expect(await lookouts.keep(two, at(95))).toEqual({ stops: [stop(90)] });
  });

  test('is noted until there are many', async () => {
    await lookouts.keep(one, at(0));
    for (let second = 1; second <= MAX_STOPS + 5; second++) await note(TARGET, stop(second));
    expect((await lookouts.keep(one, at(60))).stops).toHaveLength(MAX_STOPS);
  });
});

describe('the end', () => {
  test('is found by its target, newest first', async () => {
    const accused = looked({
      ...{ deployment: 'deployment/2', startedAt: at(60), state: 'accused', accusedAt: at(120) },
      revision: { id: 'revision/2', name: 'checkout:2' },
    });
    await lookouts.end(one, looked());
    await lookouts.end(two, accused);
    expect(await lookouts.since(TARGET, at(-60))).toEqual([accused, looked()]);
    expect(await lookouts.since(TARGET, at(30))).toEqual([accused]);
    expect(await lookouts.since('ecs:prod/cart', at(-60))).toEqual([]);
  });

  test('is known with whether a lookout follows the target now', async () => {
    expect(await lookouts.known(TARGET, at(-60))).toEqual({ ended: [], followsSince: null });
    await lookouts.end(one, looked());
    await lookouts.keep(two, at(65));
    expect(await lookouts.known(TARGET, at(-60))).toEqual({ ended: [looked()], followsSince: two.startedAt });
    expect(await lookouts.known(TARGET, at(30))).toEqual({ ended: [], followsSince: two.startedAt });
    await lookouts.end(two, looked({ deployment: two.deployment, startedAt: two.startedAt }));
    expect(await lookouts.known(TARGET, at(30))).toMatchObject({ ended: [{}], followsSince: null });
  });

  test('is recorded once, by the retry that ends last', async () => {
    await lookouts.end(one, looked());
    await lookouts.end(one, looked({ endedAt: at(1801), looks: 101 }));
    await lookouts.end(one, looked({ looks: 99 }));
    expect(await lookouts.since(TARGET, at(-60))).toEqual([looked({ endedAt: at(1801), looks: 101 })]);
  });
});

test('the role of lookout may read and write these items alone', async () => {
  const policy = readFileSync('functions/lookout/function.yml', 'utf8');
  expect(policy).toContain(`ForAllValues:StringLike: { "dynamodb:LeadingKeys": ["${LOOKOUTS}*"] }`);
  await lookouts.keep(one, at(5));
  await lookouts.end(one, looked());
  const { Items = [] } = await tables.client.send(new ScanCommand({ TableName: table }));
  expect(Items.map(({ target }) => target as string)).toEqual(Items.map(() => `${LOOKOUTS}${TARGET}`));
  expect(Items).toHaveLength(2);
});
