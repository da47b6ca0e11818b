import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { besideAlarms } from '../../../scripts/lastgood/lookout/beside-alarms.ts';
import { lookout, readFollowed, readSince } from '../../../scripts/lastgood/lookout/lookout.ts';
import { toJson, toText } from '../../../scripts/lastgood/lookout/text.ts';
import { runVerb } from '../../../scripts/lastgood/program.ts';
import { createClaims, createLookouts } from '../../../src/ledger/dynamodb.ts';
import { startTables, type Tables } from '../../src/ledger/tables.ts';
import {
  accusedAt,
  alarm,
  at,
  BEGAN,
  byLookout,
  looked,
  NEWER,
  OLDER,
  record,
  TARGET,
  UNREAD,
} from './lookouts.ts';

const NOW = at(100_000);
const SINCE = '2026-10-24T00:00:00.000Z';
const found = (
  lookouts: Parameters<typeof besideAlarms>[0],
  records: Parameters<typeof besideAlarms>[1] = [],
) => ({
  target: TARGET,
  since: SINCE,
  all: besideAlarms(lookouts, records, NOW),
});

describe('the lookouts of a target', () => {
  test('are a table with a line of counts', () => {
    const other = { id: 'revision/3', name: 'checkout:3' };
    const text = toText(
      found(
        [
          looked({
            startedAt: at(7_200),
            endedAt: at(9_000),
            revision: other,
            says: ['Saw\nnothing.', 'More.'],
          }),
          accusedAt(60),
        ],
        [record(alarm(131), 'observed')],
      ),
    );
    const [head, first, second, , summary] = text.split('\n');
    expect(head?.split(/ {2,}/)).toEqual([
      'BEGAN',
      'REVISION',
      'ENDED',
      'LOOKS',
      'BESIDE THE ALARMS',
      'SAYS',
    ]);
    expect(first?.split(/ {2,}/)).toEqual([
      '2026-11-22 05:00',
      'checkout:3',
      'quiet',
      '90',
      'quiet',
      'Saw nothing.',
    ]);
    expect(second?.split(/ {2,}/)).toEqual([
      ...['2026-11-22 03:00', 'checkout:2', 'accused (observe)', '7', 'hit, 71 s before checkout-5xx'],
      '3 tasks crashed. No task of the revision before did.',
    ]);
    expect(summary).toBe('2 followed: 1 hit (median 71 s before the alarm), 0 false, 0 misses, 1 quiet');
  });

  test.each([
    [
      [accusedAt(60)],
      [record(alarm(40), 'acted')],
      'hit, 20 s after checkout-5xx',
      '1 hit (median 20 s after the alarm)',
    ],
    [
      [accusedAt(60, { mode: 'act' })],
      [record(byLookout(61), 'acted')],
      'hit, rolled back',
      '1 hit, 0 false',
    ],
    [[looked()], [record(alarm(131), 'acted')], 'miss, checkout-5xx', '0 hits, 0 false, 1 miss, 0 quiet'],
    [[accusedAt(99_000)], [], 'open', '0 hits, 0 false, 1 open, 0 misses'],
    [[accusedAt(60)], [], 'false', '0 hits, 1 false'],
  ])('say how each compares', (lookouts, records, cell, summary) => {
    const text = toText(found(lookouts, records));
    expect(text).toContain(`  ${cell}  `);
    expect(text).toContain(`1 followed: ${summary}`);
  });

  test('say so in one line where there are none', () => {
    expect(toText(found([]))).toMatch(
      /^No lookout of ecs:prod\/checkout is recorded since 2026-10-24 00:00: .*$/,
    );
  });

  test('name the deployment where the revision was never read', () => {
    expect(toText(found([UNREAD]))).toMatch(/ecs-svc\/2 +ended +0 +quiet +AWS shows no deployment\./);
    expect(toJson(found([UNREAD]))).toMatchObject({ lookouts: [{ revision: null, older: null }] });
  });

  test('have a stable shape in JSON', () => {
    expect(toJson(found([accusedAt(60)], [record(byLookout(61), 'acted', {}, [alarm(90)])]))).toEqual({
      target: TARGET,
      since: SINCE,
      lookouts: [
        {
          ...{ deployment: 'ecs-svc/2', revision: NEWER, older: OLDER, startedAt: BEGAN, endedAt: at(61) },
          ...{ state: 'accused', mode: 'observe', looks: 7, accusedAt: at(60) },
          says: ['3 tasks crashed.', 'No task of the revision before did.'],
          ...{ sort: 'hit', alarm: { of: 'checkout-5xx', at: at(90) }, leadSeconds: 30 },
          rollback: 'arn:rollback:acted',
        },
      ],
      counts: { followed: 1, hits: 1, false: 0, open: 0, misses: 0, quiet: 0, medianLeadSeconds: 30 },
    });
  });
});

describe('the verb', () => {
  let tables: Tables;
  beforeAll(async () => {
    tables = await startTables();
  });
  afterAll(() => tables.close());

  test('reads what was recorded, newest first, and the rollbacks of the same target', async () => {
    const lookouts = createLookouts(tables.client, await tables.ledgerTable());
    const records = createClaims(tables.client, await tables.claimsTable());
    const following = { target: TARGET, execution: 'one', deployment: 'ecs-svc/2', startedAt: BEGAN };
    const later = accusedAt(8_000, { deployment: 'ecs-svc/3', startedAt: at(7_200) });
    const old = looked({ deployment: 'ecs-svc/1', startedAt: at(-7_200) });
    for (const one of [accusedAt(60), later, old]) await lookouts.end({ ...following, ...one }, one);
    const { request } = record(alarm(131), 'acted');
    await records.take(TARGET, 'ecs', 'arn:one', request, at(132));
    await records.close({
      ...{ target: TARGET, execution: 'arn:one', from: NEWER.id, to: OLDER.id },
      outcome: { state: 'rolled-back', at: at(400), reason: 'x', advice: [] },
    });
    const read = await readFollowed(lookouts, records, TARGET, at(-60), NOW);
    expect(read.all.map(({ looked: { deployment, older }, sort }) => [deployment, older, sort])).toEqual([
      ['ecs-svc/3', OLDER, 'false'],
      ['ecs-svc/2', OLDER, 'hit'],
    ]);
  });

  test.each([
    [[], /missing required argument 'TARGET'/],
    [['checkout'], /^lastgood: checkout: TARGET .*\. See npx --no-install lastgood lookout --help$/],
    [[TARGET, '--since', 'yesterday'], /^lastgood: ecs:prod\/checkout: --since must be a number of days/],
  ])('%j is wrong use, in one line', async (args, line) => {
    const said: string[] = [];
    const error = vi.spyOn(console, 'error').mockImplementation((text: string) => void said.push(text));
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const status = await runVerb({ lookout }, ['lookout', ...args]).finally(() => {
      error.mockRestore();
      write.mockRestore();
    });
    expect(status).toBe(2);
    expect(said[0]).toMatch(line);
  });

  test.each(['0d', '401d', '30', '1.5d', '30h', '', '-3d'])('refuses --since %s', (text) => {
    expect(() => readSince(text)).toThrow(/^--since/);
  });

  test('reads --since in days', () => {
    expect([readSince('30d'), readSince('1d'), readSince('400d')]).toEqual([30, 1, 400]);
  });
});
