import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemoryTables } from '@lastgood/embedded-aws/runtime/tables/memory.ts';
import { attributeOutput, plainInput, type Command } from '@lastgood/embedded-aws/wire/direct.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import {
  createChanges,
  createClaims,
  createFirings,
  createFreezes,
  createLedger,
} from '../../../src/ledger/dynamodb.ts';
import { createHints } from '../../../src/ledger/hints.ts';
import { allRecords } from '../../../src/ledger/all-records.ts';
import { knownTargets } from '../../../src/ledger/known-targets.ts';
import { createCalendar } from '../../../src/quotas/dynamodb-calendar.ts';
import { QUOTAS } from '../../../src/quotas/quotas.ts';
import { createNonces } from '../../../src/slack/nonces.ts';
import { createPause } from '../../../src/slack/pause.ts';
import { createThreads } from '../../../src/slack/threads.ts';
import { startTables, type Tables } from './tables.ts';

let stand: Tables;
beforeAll(async () => {
  stand = await startTables();
});
afterAll(() => stand.close());

/** A client of tables in memory, for commands in plain and in attribute values. */
function clientOf(tables: MemoryTables): DynamoDBDocumentClient {
  const send = ({ input, schema, clientCommand }: Command): Promise<object> => {
    const operation = String((schema ?? clientCommand?.schema)?.[2]);
    try {
      if (clientCommand !== undefined) return Promise.resolve(tables.run(operation, input as never));
      return Promise.resolve(attributeOutput(tables.run(operation, plainInput(input))));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: error.code }));
    }
  };
  // Paginators ask for an instance of the client's class.
  return Object.assign(Object.create(DynamoDBDocumentClient.prototype) as DynamoDBDocumentClient, {
    send,
  });
}

type TableName = 'ledgerTable' | 'claimsTable' | 'slackTable';

/** The same empty tables twice: in dynalite, and in memory. */
async function bothOf(names: readonly TableName[]) {
  const tables: string[] = [];
  for (const name of names) tables.push(await stand[name]());
  const schemas = await Promise.all(
    tables.map(async (TableName) => (await stand.raw.send(new DescribeTableCommand({ TableName }))).Table),
  );
  const memory = clientOf(new MemoryTables(schemas as never));
  return { tables, memory, dynalite: stand.client };
}

/** What a call gave: its answer, or its error's name. */
const given = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error: (error as Error).name }),
  );

const target = fc.constantFrom('ecs:prod/a', 'ecs:prod/b');
const execution = fc.constantFrom('one', 'two', 'three');
/** Minutes of one night; some fall together. */
const queue = fc.constantFrom('urgent' as const, 'yes' as const);
const instant = fc
  .integer({ min: 0, max: 300 })
  .map((minutes) => new Date(Date.parse('2026-11-22T00:00:00.000Z') + minutes * 60_000).toISOString());
const id = fc.constantFrom('r1', 'r2', 'r3');
const evidence = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), { maxLength: 2 });
const observation = fc.record({ target, deployment: id, completedAt: instant, soakUntil: instant });
const revision = fc.record({ id, name: fc.constant('v') });
const request = fc.record({ target, reason: fc.string({ maxLength: 5 }) });
const about = fc.record({
  plan: fc.constant('p'),
  approvals: fc.constantFrom(1 as const, 2 as const),
  askedAt: instant,
  heard: fc.nat(2),
  again: fc.nat(3),
});
const ended = fc.record(
  {
    target,
    execution,
    outcome: fc.constant({
      state: 'skipped',
      at: '2026-11-22T00:00:00.000Z',
      reason: 'r',
      advice: [],
    } as const),
    from: id,
    yields: fc.constant(true as const),
    judged: fc.nat(2),
  },
  { requiredKeys: ['target', 'execution', 'outcome'] },
);
const key = fc.record({ target, item: fc.constantFrom('thread#1', 'thread#2') });

function adaptersOn(
  client: DynamoDBDocumentClient,
  [ledger = '', claims = '', slack = '']: readonly string[],
) {
  return {
    ledger: createLedger(client, ledger),
    claims: createClaims(client, claims),
    freezes: createFreezes(client, ledger),
    changes: createChanges(client, ledger),
    firings: createFirings(client, claims),
    hints: createHints(client, ledger),
    known: () => knownTargets(client, ledger),
    since: (from: string) => allRecords(client, claims, from),
    nonces: createNonces(client, slack),
    pause: createPause(client, slack),
    calendarAt: (now: string) => createCalendar(client, claims, () => now),
    threads: createThreads(client, slack),
  };
}

type Adapters = ReturnType<typeof adaptersOn>;
type Verb = (on: Adapters) => Promise<unknown>;

/** Our own verbs: what they send are our own expressions, all of them. */
const verb: fc.Arbitrary<Verb> = fc.oneof(
  fc.tuple(target, execution, request, instant).map(
    ([of, by, asked, now]): Verb =>
      ({ claims }) =>
        claims.take(of, 'ecs', by, asked, now),
  ),
  fc.tuple(target, execution, instant).map(
    ([of, by, now]): Verb =>
      ({ claims }) =>
        claims.hold(of, by, now),
  ),
  ended.map(
    (closing): Verb =>
      ({ claims }) =>
        claims.close(closing),
  ),
  fc.tuple(target, instant).map(
    ([of, since]): Verb =>
      ({ claims }) =>
        claims.records(of, since),
  ),
  fc.tuple(target, execution).map(
    ([of, by]): Verb =>
      ({ claims }) =>
        claims.record(of, by),
  ),
  fc.tuple(instant, fc.integer({ min: 1, max: 3 })).map(
    ([before, limit]): Verb =>
      ({ claims }) =>
        claims.open(before, limit),
  ),
  fc.tuple(target, execution).map(
    ([of, by]): Verb =>
      ({ claims }) =>
        claims.finish(of, by),
  ),
  fc.tuple(target, execution, instant, about).map(
    ([of, by, until, question]): Verb =>
      ({ claims }) =>
        claims.ask(of, by, 'token', until, question),
  ),
  target.map(
    (of): Verb =>
      ({ ledger }) =>
        ledger.entries(of),
  ),
  observation.map(
    (seen): Verb =>
      ({ ledger }) =>
        ledger.observe(seen),
  ),
  fc.tuple(instant, fc.integer({ min: 1, max: 3 })).map(
    ([now, limit]): Verb =>
      ({ ledger }) =>
        ledger.soaked(now, limit),
  ),
  fc.tuple(observation, instant).map(
    ([seen, until]): Verb =>
      ({ ledger }) =>
        ledger.wait(seen, until),
  ),
  fc.tuple(observation, revision, instant, evidence).map(
    ([seen, what, at, says]): Verb =>
      ({ ledger }) =>
        ledger.prove(seen, what, at, says),
  ),
  observation.map(
    (seen): Verb =>
      ({ ledger }) =>
        ledger.forget(seen),
  ),
  fc.tuple(target, revision, instant, evidence, execution).map(
    ([of, what, at, says, by]): Verb =>
      ({ ledger }) =>
        ledger.condemn(of, what, at, says, by),
  ),
  fc.tuple(target, instant, fc.option(instant, { nil: undefined })).map(
    ([of, at, until]): Verb =>
      ({ freezes }) =>
        freezes.freeze({ target: of, reason: 'r', by: 'ada', at, ...(until !== undefined && { until }) }),
  ),
  fc.tuple(target, instant).map(
    ([of, at]): Verb =>
      ({ freezes }) =>
        freezes.unfreeze(of, 'ada', at),
  ),
  fc.tuple(target, instant).map(
    ([of, now]): Verb =>
      ({ freezes }) =>
        freezes.of(of, now),
  ),
  fc.tuple(id, instant).map(
    ([event, at]): Verb =>
      ({ changes }) =>
        changes.keep(event, { at, kind: 'flag', subject: 's', aliases: [] }),
  ),
  instant.map(
    (now): Verb =>
      ({ changes }) =>
        changes.lately(now),
  ),
  fc.tuple(target, instant, instant).map(
    ([of, at, now]): Verb =>
      ({ firings }) =>
        firings.remember({ by: 'grafana', alert: 'a', target: of }, at, now),
  ),
  fc.tuple(target, instant).map(
    ([of, now]): Verb =>
      ({ hints }) =>
        hints.isDue(of, now),
  ),
  fc.constant<Verb>(({ known }) => known()),
  instant.map(
    (from): Verb =>
      ({ since }) =>
        since(from),
  ),
  fc.tuple(id, instant).map(
    ([word, now]): Verb =>
      ({ nonces }) =>
        nonces.isNew(word, now),
  ),
  instant.map(
    (until): Verb =>
      ({ pause }) =>
        pause.begin(until),
  ),
  fc
    .tuple(
      instant,
      fc.constantFrom(...QUOTAS.slice(0, 2)),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom('before-write' as const, 'look' as const),
    )
    .map(
      ([now, quota, calls, urgency]): Verb =>
        ({ calendarAt }) =>
          calendarAt(now).reserve(quota, calls, urgency),
    ),
  instant.map(
    (now): Verb =>
      ({ pause }) =>
        pause.rate(now),
  ),
  fc.tuple(instant).map(
    ([until]): Verb =>
      ({ pause }) =>
        pause.begin(until),
  ),
  fc
    .tuple(
      key,
      fc.constantFrom('started' as const, 'planned' as const, 'reverted' as const, 'ended' as const),
      fc.nat(3),
      id,
      instant,
      queue,
    )
    .map(([of, slice, number, edition, now, into]): Verb => ({ threads }) => {
      const detail = { plannedAt: now, endedAt: now, number, target: of.target };
      return threads.add(of, { slice, detail, edition }, into, now);
    }),
  fc.tuple(key, instant).map(
    ([of, now]): Verb =>
      ({ threads }) =>
        threads.open(of, now),
  ),
  key.map(
    (of): Verb =>
      ({ threads }) =>
        threads.show(of, 'root', { channel: 'c', ts: '1', says: 's' }),
  ),
  fc.tuple(key, id).map(
    ([of, edition]): Verb =>
      ({ threads }) =>
        threads.close({ key: of, story: {}, shown: {}, edition }),
  ),
  key.map(
    (of): Verb =>
      ({ threads }) =>
        threads.leave(of),
  ),
  fc.tuple(key, instant).map(
    ([of, now]): Verb =>
      ({ threads }) =>
        threads.postpone(of, now),
  ),
  fc.tuple(queue, instant, fc.integer({ min: 1, max: 3 })).map(
    ([from, before, limit]): Verb =>
      ({ threads }) =>
        threads.behind(from, before, limit),
  ),
);

describe('tables in memory are as dynalite', () => {
  test('for every verb of the ledger, the claims and Slack', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(verb, { minLength: 5, maxLength: 30 }), async (verbs) => {
        const { tables, memory, dynalite } = await bothOf(['ledgerTable', 'claimsTable', 'slackTable']);
        const [here, there] = [adaptersOn(memory, tables), adaptersOn(dynalite, tables)];
        for (const run of verbs) expect(await given(run(here))).toEqual(await given(run(there)));
      }),
      { numRuns: 25 },
    );
  });

  const name = fc.constantFrom('a', 'b', 'c');
  const value = fc.oneof(
    fc.constantFrom<unknown>('x', 'xy', '\uFF5E', 0, 1, -1.5, true, null, [], ['x'], { a: 1 }, { b: {} }),
  );
  /** What ours are compared with. Surrogates are left out: dynalite orders them as UTF-16, and AWS as UTF-8. */
  const ordered = fc.constantFrom<unknown>('x', 'xy', '\uFF5E', 0, 1, -1.5);
  const item = fc
    .tuple(fc.dictionary(name, value, { maxKeys: 3 }), fc.constantFrom({}, { d: 2 }))
    .map(([some, counter]) => ({ ...some, ...counter }));
  const operand = fc.oneof(
    name.map((of) => `#${of}`),
    fc.constantFrom(':v', ':w'),
  );
  const path = fc.oneof(
    name.map((of) => `#${of}`),
    name.map((of) => `#${of}.#b`),
  );
  const comparison = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');
  const single = fc.oneof(
    path.map((of) => `attribute_exists(${of})`),
    path.map((of) => `attribute_not_exists(${of})`),
    fc.tuple(path, comparison, fc.constantFrom(':v', ':w')).map((words) => words.join(' ')),
    fc.tuple(name, comparison).map(([of, is]) => `size(#${of}) ${is} :n`),
  );
  const word = fc.constantFrom('AND', 'OR');
  // Twice the same parentheses are refused, as in AWS.
  const term = fc.oneof(
    single,
    fc.tuple(single, word, single).map((words) => `(${words.join(' ')})`),
  );
  const condition = fc.oneof(
    term,
    fc.tuple(term, word, term).map((words) => words.join(' ')),
    fc.tuple(term, word, term, word, term).map((words) => words.join(' ')),
  );
  const assignment = fc.oneof(
    operand,
    fc.tuple(name, fc.constantFrom(':v', '#b')).map(([of, other]) => `if_not_exists(#${of}, ${other})`),
    name.map((of) => `list_append(if_not_exists(#${of}, :none), :list)`),
  );
  // dynalite adds before it sets. On AWS every value is the item's before the update, so no SET reads what ADD changes.
  const update = fc
    .tuple(assignment, fc.constantFrom('', ' REMOVE #b', ' REMOVE #c', ' ADD #d :n', ' ADD #d :n, #e :n'))
    .map(([set, more]) => `SET #a = ${set}${more}`);

  test('for any condition and update of the kinds that are written', async () => {
    const { tables, memory, dynalite } = await bothOf(['ledgerTable']);
    const [TableName = ''] = tables;
    const Key = { target: 't', item: 'i' };
    const only = <T>(text: string, all: Record<string, T>): Record<string, T> =>
      Object.fromEntries(Object.entries(all).filter(([word]) => new RegExp(`${word}\\b`).test(text)));
    await fc.assert(
      fc.asyncProperty(item, condition, update, ordered, ordered, async (before, when, set, v, w) => {
        const text = `${when} ${set}`;
        const names = only(text, { '#a': 'a', '#b': 'b', '#c': 'c', '#d': 'd', '#e': 'e' });
        const values = only(text, { ':v': v, ':w': w, ':n': 1, ':none': [], ':list': ['new'] });
        const run = async (client: DynamoDBDocumentClient) => {
          await client.send(new PutCommand({ TableName, Item: { ...before, ...Key } }));
          const ended = await given(
            client.send(
              new UpdateCommand({
                TableName,
                Key,
                UpdateExpression: set,
                ConditionExpression: when,
                ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
                ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
              }),
            ),
          );
          const { Item } = await client.send(new GetCommand({ TableName, Key }));
          return { error: (ended as { error?: string }).error, Item };
        };
        expect(await run(memory)).toEqual(await run(dynalite));
      }),
      { numRuns: 300 },
    );
  });
});
