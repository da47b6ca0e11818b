import { describe, expect, test, vi } from 'vitest';
import { createCircumstances, factsOf } from '../../../functions/guard/circumstances.ts';
import { createReadRed } from '../../../functions/guard/read-red.ts';
import type { Copies } from '../../../src/ledger/copies.ts';
import type { Changes, KeptChange } from '../../../src/ledger/changes.ts';
import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Judgeable } from '../../../src/rollback/document.ts';
import type { Meter, Ready } from '../../../src/rollback/plan.ts';
import {
  ALARM,
  at,
  BAD,
  BY_ALARM,
  BY_ALERT,
  found,
  GOOD,
  NOW,
  planOf,
} from '../../src/rollback/judge-facts.ts';
import { awsError, clientWith, redAlarm } from './cloudwatch.ts';

/** Outside of a storm nothing is shared. */
const noCopies: Copies = { take: () => Promise.reject(new Error('nothing is shared here')) };

function rollback(
  tags: Record<string, string> = {},
  plan: Partial<Ready> = {},
  request = BY_ALARM,
): Judgeable {
  return {
    request,
    execution: 'one',
    claim: { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW },
    plan: planOf({ lastgood: 'auto', ...tags }, plan),
  };
}

function open(
  given: {
    entries?: readonly Entry[];
    changes?: readonly KeptChange[];
    pages?: readonly (object | Error)[];
    arrived?: Promise<number>;
  } = {},
) {
  const entries = vi
    .fn<Ledger['entries']>()
    .mockImplementation((target) =>
      Promise.resolve((given.entries ?? []).filter((one) => one.target === target)),
    );
  const lately = vi.fn<Changes['lately']>().mockResolvedValue(given.changes ?? []);
  const arrived = vi.fn<() => Promise<number>>(() => given.arrived ?? Promise.resolve(0));
  const { client, asked } = clientWith(given.pages ?? [{}]);
  const begin = createCircumstances({
    readRed: createReadRed(client, noCopies, () => NOW, 'lastgood-prod'),
    cloudwatch: client,
    ledger: { entries },
    changes: { lately },
    arrived,
  });
  return { begin, read: (of = rollback()) => begin(NOW)(of), entries, lately, asked, arrived };
}

const proven = (target: string, completedAt: string): Entry => ({
  state: 'proven',
  target,
  revision: GOOD,
  completedAt,
  provenAt: completedAt,
  evidence: [],
});
const METER: Meter = {
  ...{ metric: 'requests', namespace: 'AWS/Lambda', name: 'Invocations', stat: 'Sum' },
  dimensions: { FunctionName: 'checkout' },
};

const changed = (subject: string, aliases: readonly string[] = []): KeptChange => ({
  at: at('02:58'),
  kind: 'parameter',
  subject,
  aliases,
});

describe('what is red', () => {
  test('is one call, by state and for all types, whatever the page leaves out', async () => {
    const { read, asked } = open({ pages: [{ MetricAlarms: [redAlarm('other', at('03:04'))] }, {}] });
    const { red } = await read();
    expect(asked).toEqual([
      { StateValue: 'ALARM', AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'], MaxRecords: 100 },
    ]);
    expect(red).toMatchObject({ known: true, is: { isComplete: false, all: [{ AlarmName: 'other' }] } });
  });

  test.each([
    awsError('ThrottlingException'),
    awsError('InternalServiceFault', 500),
    awsError('AccessDenied'),
  ])('is unknown when CloudWatch does not say it, and nothing waits for another try: %s', async (error) => {
    const circumstances = await open({ pages: [error] }).read();
    expect(circumstances.red).toMatchObject({ known: false });
    const facts = factsOf(circumstances, found([]), rollback());
    expect([facts.others, facts.alarm]).toEqual([circumstances.red, circumstances.red]);
  });

  test('is the alarm of a trigger, and others; an alert has no alarm', async () => {
    const pages = [{ MetricAlarms: [redAlarm(ALARM.alarm, at('03:04')), redAlarm('other', at('03:04'))] }];
    const facts = factsOf(await open({ pages }).read(), found([]), rollback());
    expect(facts.alarm).toMatchObject({ is: { state: 'ALARM' } });
    expect(facts.others).toMatchObject({ is: [{ about: 'other' }] });
    const ofAlert = rollback({}, {}, BY_ALERT);
    const alert = factsOf(await open({ pages }).read(ofAlert), found([]), ofAlert);
    expect(alert).not.toHaveProperty('alarm');
    expect(alert.others).toMatchObject({ is: [{ about: ALARM.alarm }, { about: 'other' }] });
  });
});

describe('deployments of others', () => {
  test('are those of what the target needs, of the last four hours', async () => {
    const entries: Entry[] = [
      proven('ecs:prod/basket', at('02:50')),
      proven('ecs:prod/basket', '2026-11-21T23:00:00.000Z'),
      {
        ...proven('ecs:prod/basket', ''),
        state: 'condemned',
        condemnedAt: NOW,
        revision: BAD,
        execution: 'x',
      } as Entry,
      {
        state: 'candidate',
        target: 'lambda:prices/live',
        deployment: 'd-1',
        completedAt: at('02:59'),
        soakUntil: NOW,
      },
      proven('ecs:prod/search', at('02:59')),
    ];
    const { read } = open({ entries });
    const needs = 'ecs:prod/basket alarm:orders-db lambda:prices/live';
    expect((await read(rollback({ 'lastgood:needs': needs }))).otherDeployments).toEqual(
      found([
        { target: 'ecs:prod/basket', relation: 'dependency', startedAt: at('02:50'), isEnd: true },
        { target: 'lambda:prices/live', relation: 'dependency', startedAt: at('02:59'), isEnd: true },
      ]),
    );
  });

  test('are looked up for five dependencies at most, and for none where the tag names no target', async () => {
    const many = open();
    const needs = [1, 2, 3, 4, 5, 6].map((number) => `ecs:prod/service-${number}`).join(' ');
    await many.read(rollback({ 'lastgood:needs': needs }));
    expect(many.entries).toHaveBeenCalledTimes(5);
    const none = open();
    expect(await none.read(rollback({ 'lastgood:needs': 'alarm:orders-db' }))).not.toHaveProperty(
      'otherDeployments',
    );
    expect(none.entries).not.toHaveBeenCalled();
  });

  test('are unknown where the ledger does not answer', async () => {
    const { read, entries } = open();
    entries.mockRejectedValue(new Error('down'));
    const { otherDeployments } = await read(rollback({ 'lastgood:needs': 'ecs:prod/basket' }));
    expect(otherDeployments).toEqual({ known: false, why: 'Error: down' });
  });
});

describe('changes of the last hour', () => {
  const relations = async (
    changes: readonly KeptChange[],
    tags: Record<string, string> = {},
    plan: Partial<Ready> = {},
  ) => {
    const { changes: read } = await open({ changes }).read(rollback(tags, plan));
    return read?.known === true ? read.is.map(({ relation }) => relation) : read;
  };

  test('have no known relation', async () => {
    const { changes } = await open({ changes: [changed('parameter:/shop/limit', ['x'])] }).read();
    expect(changes).toEqual(
      found([{ at: at('02:58'), kind: 'parameter', subject: 'parameter:/shop/limit', relation: 'unknown' }]),
    );
  });

  test('are of this target where its tag names them, by any of their names; otherwise of neighbours', async () => {
    const flags = changed('appconfig:shop/prod/flags', ['appconfig:a/b/c']);
    const tags = (needs: string) => ({ 'lastgood:needs': needs });
    expect(await relations([flags], tags('appconfig:shop/prod/flags'))).toEqual(['this']);
    expect(await relations([flags], tags('ecs:prod/db appconfig:a/b/c'))).toEqual(['this']);
    expect(await relations([flags], tags('parameter:/shop/limit'))).toEqual(['neighbour']);
  });

  test.each([
    ['parameter:/shop/limit', 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/limit'],
    ['parameter:limit', 'arn:aws:ssm:eu-west-1:111122223333:parameter/limit'],
    ['parameter:/shop/limit', '/shop/limit'],
    ['parameter:/golden/web', 'resolve:ssm:/golden/web:7'],
    ['secret:shop/db', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbC123'],
    ['secret:shop/db', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbC123:password::'],
    ['secret:shop/db', 'arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:shop/db'],
  ])('are of this target where its revision reads them: %s as %s', async (subject, read) => {
    expect(await relations([changed(subject)], {}, { reads: [read] })).toEqual(['this']);
    expect(await relations([changed(`${subject}2`)], {}, { reads: [read] })).toEqual(['unknown']);
  });

  test('leave out those of the target: its own deployments are in the plan', async () => {
    const { target } = rollback().request;
    expect(await relations([changed('appconfig:shop/prod/flags', [target]), changed(target)])).toEqual([]);
  });

  test('are unknown where the ledger does not answer', async () => {
    const { read, lately } = open();
    lately.mockRejectedValue(new Error('down'));
    expect((await read()).changes).toEqual({ known: false, why: 'Error: down' });
  });
});

describe('a judgement of several triggers', () => {
  const needs = { 'lastgood:needs': 'ecs:prod/basket' };
  const meters = [METER];
  const calls = (asked: readonly object[]) => ({
    alarms: asked.filter((input) => 'StateValue' in input).length,
    metrics: asked.filter((input) => 'MetricDataQueries' in input).length,
  });

  test('reads once', async () => {
    const { begin, asked, entries, lately } = open();
    const read = begin(NOW);
    const first = await read(rollback(needs, { meters }));
    expect(await read(rollback(needs, { meters }, BY_ALERT))).toEqual(first);
    expect(calls(asked)).toEqual({ alarms: 1, metrics: 2 });
    expect([entries.mock.calls.length, lately.mock.calls.length]).toEqual([1, 1]);
  });

  test('measures again only what another alarm watches besides', async () => {
    const { begin, asked } = open();
    const read = begin(NOW);
    await read(rollback({}, { meters }));
    const watching = { ...ALARM, meters: [{ ...METER, metric: 'latency' as const }] };
    await read(rollback({}, { meters }, { ...BY_ALARM, trigger: watching }));
    expect(calls(asked)).toEqual({ alarms: 1, metrics: 4 });
  });

  test('reads anew for the next judgement', async () => {
    const { begin, asked } = open();
    await begin(NOW)(rollback());
    await begin(NOW)(rollback());
    expect(calls(asked)).toEqual({ alarms: 2, metrics: 0 });
  });
});

test('a tag that cannot be read is no circumstance: it is the judge who refuses it', async () => {
  await expect(open().read(rollback({ 'lastgood:needs': 'basket' }))).rejects.toThrow('lastgood:needs');
});

describe('the number of targets that have alarmed', () => {
  const storm = { id: 'one', role: 'first' as const, since: NOW };
  const counted = { ...rollback(), claim: { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW, storm } };

  test('is asked for only where Claim counted the alarm', async () => {
    const { read, arrived } = open({ arrived: Promise.resolve(3) });
    expect((await read()).arrived).toBe(0);
    expect(arrived).not.toHaveBeenCalled();
    expect((await open({ arrived: Promise.resolve(3) }).read(counted)).arrived).toBe(3);
  });

  test('is none where it cannot be read', async () => {
    const { read } = open({ arrived: Promise.reject(new Error('no table')) });
    expect((await read(counted)).arrived).toBe(0);
  });
});
