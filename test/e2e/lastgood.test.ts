import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../../local/scenarios/ecs/shop.ts';
import { lastgood } from '../../local/scenarios/command.ts';
import { openStage, type Stage } from '../../local/scenarios/stage.ts';
import { roleOf } from './role-of-verb.ts';
import { withOwnRole } from './with-own-role.ts';
import type { Role } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import { OPERATOR } from '@lastgood/embedded-aws/wire/callers.ts';
import { ACCOUNT, REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { createLookouts, createStorms } from '../../src/ledger/dynamodb.ts';

const TARGET = 'ecs:prod/checkout';
const VERBS = [
  'list',
  'plan',
  'rollback',
  'watch',
  'history',
  'report',
  'lookout',
  'check',
  'storm',
  'pause',
  'resume',
] as const;

describe('the command lastgood on the embedded AWS', () => {
  let stage: Stage;
  let shop: Shop;
  beforeAll(async () => {
    const nothing: Role = { name: 'nothing', arn: `arn:aws:iam::${ACCOUNT}:role/nothing`, policies: [] };
    stage = await openStage({ seed: 1, roles: [...VERBS.map(roleOf), nothing] });
    shop = await openShop(stage);
  });
  afterAll(() => stage.close());

  const run = (verb: string, ...args: readonly string[]) => withOwnRole(stage, verb, ...args);

  const rollbacks = () =>
    stage.runtime.executions().filter(({ arn: id }) => id.includes(':lastgood-prod-rollback:'));

  async function json<T>(verb: string, ...args: readonly string[]): Promise<T & { readonly status: number }> {
    const { status, out, problem } = await run(verb, ...args, '--json');
    expect(problem).toBe('');
    return { ...(JSON.parse(out) as T), status };
  }

  test('lists each target with its tag, its running and its last known good revision', async () => {
    const { status, out, problem } = await run('list');
    expect([status, problem]).toEqual([0, '']);
    expect(out).toMatch(/^TARGET +TAG +RUNS +LAST KNOWN GOOD\n/);
    expect(out).toMatch(
      /^ecs:prod\/checkout {2}auto {2}checkout:1 {2}checkout:1, proven 2026-11-22 \d\d:\d\d$/m,
    );
    expect(JSON.parse((await run('list', '--json', 'ecs:')).out)).toMatchObject({
      pause: { paused: false },
      targets: [
        { target: TARGET, tag: 'auto', lastKnownGood: { name: 'checkout:1' }, isBeingRolledBack: false },
      ],
    });
    expect(await run('list', 'asg:')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^No target begins with "asg:"/) as string,
    });
  });

  test('warns of a target that the ledger does not know, and only of that', async () => {
    expect(await run('check', TARGET, 'checkout:9')).toEqual({ status: 0, out: '', problem: '' });
    for (const misspelt of [
      'ecs:prod/chekcout',
      'ecs:prod/Checkout',
      'ecs:Prod/checkout',
      'lambda:checkout/live',
    ]) {
      const answer = await run('check', misspelt, misspelt.startsWith('ecs:') ? 'checkout:9' : '9');
      expect(answer).toMatchObject({ status: 0, out: '' });
      expect(answer.problem).toContain(`lastgood: warning: the ledger knows no deployment of ${misspelt}.`);
    }
  });

  test('plans, and changes nothing', async () => {
    expect(await run('plan', TARGET)).toMatchObject({
      status: 1,
      out: expect.stringMatching(/^ecs:prod\/checkout: no way back: /) as string,
    });
    // Few errors, so that no alarm turns and starts a rollback before the command does.
    shop.release('v2', { errorRate: 0.03 });
    await stage.minutes(1);
    const { status, out, problem } = await run('plan', TARGET, '--because', 'it hurts');
    expect([status, problem]).toEqual([0, '']);
    expect(out).toMatch(/^ {2}from {5}checkout:2$/m);
    expect(out).toMatch(/^ {2}to {7}checkout:1, proven in the ledger$/m);
    expect(out).toMatch(/^ {2}verdict {2}act: .*, as of 2026-11-22 \d\d:\d\d UTC$/m);
    expect(out).toMatch(/^ {2}cli:\S+ asked for it: it hurts\.$/m);
    const made = await json<{ plan: object; verdict: object; planHash: string }>('plan', TARGET);
    expect(made).toMatchObject({
      plan: { state: 'ready', to: { name: 'checkout:1' } },
      verdict: { verdict: 'act' },
    });
    expect(made.planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(made.plan).not.toHaveProperty('details');
    expect(rollbacks()).toEqual([]);
  });

  test('rolls back, shows the progress, and ends with 0 when it is proven', async () => {
    const { status, out, problem } = await run('rollback', TARGET, '--because', 'it hurts');
    expect([status, problem]).toEqual([0, '']);
    const [name = '', ...lines] = out.split('\n');
    expect(name).toBe(rollbacks()[0]?.name);
    const steps = lines.flatMap((line) => /^\d\d:\d\d:\d\d {2}(\w+) /.exec(line)?.[1] ?? []);
    const states = ['Claim', 'Plan', 'Judge', 'Revert', 'Gather', 'Settle', 'Verify', 'Report'];
    expect([...new Set(steps)]).toEqual(states);
    expect(out).toMatch(/ Gather +the evidence names no cause$/m);
    expect(out).toMatch(/ Plan +from checkout:2 to checkout:1 /);
    expect(out).toMatch(/^rolled-back: checkout:1 runs again instead of checkout:2, /m);

    const watched = await run('watch', name);
    expect(watched).toEqual({ status: 0, out: lines.join('\n'), problem: '' });
    const documents = (await run('watch', name, '--json')).out.trimEnd().split('\n');
    expect(JSON.parse(documents[0]!)).toMatchObject({ state: 'Claim', says: `holds ${TARGET}: it hurts` });
    expect(JSON.parse(documents.at(-1)!)).toMatchObject({ outcome: { state: 'rolled-back' } });
    expect(await run('check', TARGET, 'checkout:2')).toMatchObject({ status: 3, problem: '' });
    expect(await run('check', TARGET, 'checkout:9')).toEqual({
      status: 0,
      out: '',
      problem:
        'lastgood: warning: the ledger knows checkout:9 by no name, and its content was not compared with what was condemned: checkout:2.\n',
    });
  });

  test('ends with 3 when the judge skips, and with 1 when it was aborted', async () => {
    stage.call('ecs', 'UntagResource', { resourceArn: shop.arn, tagKeys: ['lastgood'] });
    const skipped = await run('rollback', TARGET, '--because', 'once more');
    expect(skipped).toMatchObject({ status: 3, problem: '' });
    expect(skipped.out).toMatch(/^skipped: /m);

    const begun = await json<{ arn: string }>('rollback', TARGET, '--because', 'and again', '--detach');
    expect(begun.status).toBe(0);
    const hasClaim = () => rollbacks().some(({ arn: id, states }) => id === begun.arn && states.length > 1);
    await stage.until('it has the claim', hasClaim);
    stage.call('states', 'StopExecution', { executionArn: begun.arn });
    const aborted = await run('watch', begun.arn);
    expect(aborted).toMatchObject({ status: 1, problem: '' });
    expect(aborted.out).toContain('It ended without a report (ExecutionAborted)');
  });

  test('pauses and resumes, and list and plan say that it is paused', async () => {
    const paused = await run('pause', '--because', 'the database moves');
    expect(paused).toMatchObject({ status: 0, problem: '' });
    expect(paused.out).toMatch(
      /^Lastgood is paused since .+ UTC by arn:aws:\S+pause-only\S*: the database moves$/m,
    );
    for (const [verb, ...args] of [['list'], ['plan', TARGET]] as const)
      expect((await run(verb, ...args)).problem).toMatch(/^lastgood: warning: Lastgood is paused since /);
    const pause = { paused: true, because: 'the database moves' };
    for (const [verb, ...args] of [['list'], ['plan', TARGET]] as const)
      expect(JSON.parse((await run(verb, ...args, '--json')).out)).toMatchObject({ pause });
    expect(await json('resume')).toMatchObject({
      status: 0,
      paused: false,
      by: expect.stringContaining('resume-only') as string,
    });
    expect(await run('resume')).toMatchObject({ status: 0, out: 'Lastgood was not paused.\n' });
    expect((await run('list')).problem).toBe('');
    expect(await run('pause')).toMatchObject({ status: 2 });
    expect(await run('pause', '--because', ' ')).toMatchObject({ status: 2 });
  });

  test('prints a link to the report page, and saves the page', async () => {
    const [first] = rollbacks();
    const name = first!.arn.slice(first!.arn.lastIndexOf(':') + 1);
    const { status, out, problem } = await run('report', name);
    expect([status, problem]).toEqual([0, '']);
    const page = await (await fetch(out.trim())).text();
    expect(page).toContain('<h1>ecs:prod/checkout</h1>');
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'lastgood-')), 'report.html');
    expect(await run('report', first!.arn, '--out', file)).toEqual({ status: 0, out: '', problem: '' });
    expect(readFileSync(file, 'utf8')).toBe(page);
    expect(await json('report', name)).toMatchObject({
      status: 0,
      execution: name,
      url: expect.any(String) as string,
    });
    expect(await run('report', 'ecs-prod-checkout-0')).toMatchObject({ status: 4, out: '' });
  });

  test('shows the history of all targets and of one, newest first', async () => {
    const { status, out, problem } = await run('history');
    expect([status, problem]).toEqual([0, '']);
    const outcomes = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/)[2]);
    expect(outcomes).toEqual([
      'OUTCOME',
      expect.stringMatching(/^(running|failed-dirty)$/),
      'skipped',
      'rolled-back',
    ]);
    const of = await json<{ rollbacks: object[]; revisions: object[] }>('history', TARGET, '--days', '400');
    expect(of.rollbacks).toHaveLength(3);
    expect(of.rollbacks.at(-1)).toMatchObject({
      target: TARGET,
      reason: 'it hurts',
      automatic: false,
      from: { name: 'checkout:2' },
      to: { name: 'checkout:1' },
      outcome: { state: 'rolled-back' },
    });
    expect(of.revisions).toContainEqual(expect.objectContaining({ name: 'checkout:2', state: 'condemned' }));
    const other = await run('history', 'ecs:prod/other', '--json');
    expect([other.status, JSON.parse(other.out)]).toEqual([0, { rollbacks: [], revisions: [] }]);
    expect(other.problem).toContain('the ledger knows no deployment of ecs:prod/other');
  });

  test('shows what the lookouts of a target saw, beside what its alarms said', async () => {
    expect(await run('lookout', TARGET)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^No lookout of ecs:prod\/checkout is recorded since .*\n$/) as string,
    });
    const startedAt = new Date().toISOString();
    const following = { target: TARGET, execution: 'one', deployment: 'ecs-svc/2', startedAt };
    await withTables((tables) =>
      createLookouts(tables, 'lastgood-prod-ledger').end(following, {
        ...{ target: TARGET, deployment: 'ecs-svc/2', startedAt, endedAt: startedAt, mode: 'observe' },
        ...{ looks: 96, state: 'quiet', says: ['Nothing was seen against it.'] },
      }),
    );
    const { status, out, problem } = await run('lookout', TARGET, '--since', '1d');
    expect([status, problem]).toEqual([0, '']);
    expect(out).toMatch(/ecs-svc\/2 +quiet +96 +quiet +Nothing was seen against it\.$/m);
    expect(out).toMatch(/^1 followed: 0 hits, 0 false, 0 misses, 1 quiet$/m);
    expect(await json('lookout', TARGET)).toMatchObject({ status: 0, counts: { followed: 1, quiet: 1 } });
  });

  /** Writes tables as a function of the stack does. */
  async function withTables(work: (tables: DynamoDBDocumentClient) => Promise<void>): Promise<void> {
    const { endpoint } = stage.runtime.wire;
    const credentials = stage.runtime.wire.credentials(OPERATOR);
    const client = new DynamoDBClient({ endpoint, region: REGION, credentials });
    await work(DynamoDBDocumentClient.from(client));
    client.destroy();
  }

  describe('with a storm', () => {
    const ID = '20261122-021405-3fa94c1b';
    const LIST = 'a'.repeat(64);
    const shown = {
      ...{ version: '1', storm: ID, since: '2026-11-22T02:14:05.000Z', at: '2026-11-22T02:16:03.000Z' },
      ...{ state: 'asking', says: '97 targets alarm.', alarming: 97, deployedWithinHour: 0 },
      ...{ choices: { all: 92, own: 0 }, list: LIST, unanswered: 0, examples: [], dirty: [] },
      counts: { waiting: 92, goingBack: 5, rolledBack: 0, skipped: 0, failedClean: 0, failedDirty: 0 },
    };

    test('lists it, shows its last state, and answers its list', async () => {
      expect(await run('storm')).toEqual({ status: 0, out: 'There is no storm.\n', problem: '' });
      expect(await run('storm', ID)).toMatchObject({
        status: 4,
        problem: `lastgood: ${ID}: there is no such storm\n`,
      });
      await writeStorm();
      expect((await run('storm')).out).toMatch(
        /^20261122-021405-3fa94c1b +2026-11-22 02:14 +asking +97 +92 +0$/m,
      );
      expect(JSON.parse((await run('storm', '--json')).out)).toEqual([shown]);
      expect(await json('storm', ID)).toEqual({ ...shown, status: 0 });
      const answered = await json('storm', ID, '--none', '--yes');
      expect(answered).toMatchObject({ status: 0, storm: ID, list: LIST, choice: 'none' });
      expect(await run('storm', ID, '--all', '--yes')).toMatchObject({
        status: 3,
        problem: `lastgood: ${ID}: nothing waits for an answer\n`,
      });
    });

    test('is used wrongly with two answers, or with an answer to no storm', async () => {
      expect(await run('storm', ID, '--all', '--none')).toMatchObject({ status: 2, out: '' });
      expect(await run('storm', '--all')).toMatchObject({ status: 2, out: '' });
    });

    /** Writes a storm that asks, as its state machine does. It has no members, so its answer reaches none. */
    async function writeStorm(): Promise<void> {
      const { since, at } = shown;
      await withTables(async (tables) => {
        const storms = createStorms(tables, 'lastgood-prod-claims');
        await storms.open(ID, since, at);
        await storms.publishList(ID, { digest: LIST, number: 1, at });
        await storms.show(ID, shown, LIST);
      });
    }
  });

  test('cannot say anything about an execution that does not exist', async () => {
    expect(await run('watch', 'ecs-prod-checkout-0')).toMatchObject({
      status: 4,
      problem: expect.stringMatching(
        /^lastgood: ecs-prod-checkout-0: ExecutionDoesNotExist: .*\n$/,
      ) as string,
    });
  });

  test.each([
    ['list', []],
    ['storm', []],
    ['rollback', [TARGET, '--because', 'it hurts']],
    ['watch', ['ecs-prod-checkout-0']],
    ['history', []],
    ['history', [TARGET]],
    ['lookout', [TARGET]],
    ['plan', [TARGET]],
    ['check', [TARGET, 'checkout:1']],
  ])(
    '%s is forbidden where AWS denies it, and cannot say where there is no such stage',
    async (verb, args) => {
      const denied = await lastgood(stage, [verb, ...args], 'nothing');
      expect(denied).toMatchObject({ status: 3, out: '' });
      expect(denied.problem).toMatch(/^lastgood: \S+: AccessDenied.*\n$/);
      const elsewhere = await lastgood(stage, [verb, ...args, '--stage', 'test']);
      expect(elsewhere).toMatchObject({ status: 4, out: '' });
      expect(elsewhere.problem).toMatch(/^lastgood: \S+: .*\n$/);
    },
  );
});
