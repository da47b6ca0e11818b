import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWaiting } from '../../../src/approvals/waiting.ts';
import type { AskedAbout, Claims } from '../../../src/ledger/claims.ts';
import { CLAIM_HOURS } from '../../../src/ledger/dynamodb-claims.ts';
import { createClaims } from '../../../src/ledger/dynamodb.ts';
import { ClaimLost, HeardMore, TargetClaimed } from '../../../src/rollback/errors.ts';
import type { Outcome } from '../../../src/rollback/outcome.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { LOOK_AGAIN_SECONDS, MAX_SECOND_LOOKS } from '../../../src/rollback/verdict.ts';
import { startTables, type Tables } from './tables.ts';

const TARGET = 'ecs:prod/checkout';
const REQUEST: Request = {
  target: TARGET,
  reason: 'alarm checkout-5xx',
  trigger: { type: 'alarm', id: 'a-1', at: '2026-11-22T03:00:00Z', alarm: 'checkout-5xx' },
};
const BY_HAND: Request = { target: TARGET, reason: 'it hurts' };
const ENDED: Outcome = {
  state: 'rolled-back',
  at: '2026-11-22T03:10:00.000Z',
  reason: 'went back',
  advice: [],
};

let tables: Tables;
let table: string;
let claims: Claims;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  table = await tables.claimsTable();
  claims = createClaims(tables.client, table);
});

const at = (clock: string) => `2026-11-22T${clock}.000Z`;
const take = (execution: string, clock: string, request = REQUEST) =>
  claims.take(TARGET, 'ecs', execution, request, at(clock));
const close = (execution: string, outcome = ENDED) =>
  claims.close({ target: TARGET, execution, from: 'r42', to: 'r41', outcome });

describe('take', () => {
  test('gives the target to one execution, and opens its record', async () => {
    const claim = { kind: 'ecs', holder: 'one', since: at('03:00:00'), expiresAt: at('07:00:00') };
    expect(await take('one', '03:00:00')).toEqual(claim);
    expect(await claims.record(TARGET, 'one')).toEqual({
      target: TARGET,
      execution: 'one',
      startedAt: at('03:00:00'),
      request: REQUEST,
      alsoTriggeredBy: [],
      automatic: true,
    });
  });

  test('does not note a rehearsal that comes during a rollback, and keeps what was measured', async () => {
    await take('one', '03:00:00');
    const trigger = { type: 'rehearsal', id: 'r-1', at: at('03:01:00'), by: 'ada', way: 'back' } as const;
    await expect(take('two', '03:01:00', { ...BY_HAND, trigger })).rejects.toThrow(TargetClaimed);
    expect((await claims.record(TARGET, 'one'))?.alsoTriggeredBy).toEqual([]);
    const times = { wroteAt: at('03:01:00'), restoredAt: at('03:05:00'), provenAt: at('03:07:00') };
    const measured = { rung: 'redeploy', ...times };
    const put = { to: 'r41', toContent: '41', deployment: 'back', overtaken: true } as const;
    await claims.close({ target: TARGET, execution: 'one', outcome: ENDED, measured, ...put });
    expect(await claims.record(TARGET, 'one')).toMatchObject({ measured, ...put });
  });

  test('keeps who denied the plan, and when', async () => {
    await take('one', '03:00:00');
    expect(await claims.record(TARGET, 'one')).not.toHaveProperty('denied');
    const denied = { by: 'slack:U0BEN', at: at('03:01:00') };
    await claims.close({ target: TARGET, execution: 'one', outcome: ENDED, denied });
    expect(await claims.record(TARGET, 'one')).toMatchObject({ denied });
  });

  test('again by the holder returns the same claim', async () => {
    const first = await take('one', '03:00:00');
    expect(await take('one', '03:00:05')).toEqual(first);
    expect((await claims.record(TARGET, 'one'))?.startedAt).toBe(at('03:00:00'));
  });

  test('by another is refused, and its trigger is kept in the record of the holder', async () => {
    await take('one', '03:00:00');
    await expect(take('two', '03:00:01', BY_HAND)).rejects.toThrow(TargetClaimed);
    expect((await claims.record(TARGET, 'one'))?.alsoTriggeredBy).toEqual([
      { ...BY_HAND, heardAt: at('03:00:01') },
    ]);
    expect(await claims.record(TARGET, 'two')).toBeNull();
  });

  test('by another is kept with the time from which its age counts', async () => {
    await take('one', '03:00:00');
    const late = claims.take(TARGET, 'ecs', 'two', BY_HAND, at('03:09:00'), at('03:01:00'));
    await expect(late).rejects.toThrow(TargetClaimed);
    expect((await claims.record(TARGET, 'one'))?.alsoTriggeredBy).toMatchObject([
      { heardAt: at('03:01:00') },
    ]);
  });

  test('by very many others does not make the record grow without limit', async () => {
    await take('one', '03:00:00');
    for (let i = 0; i < 25; i++) await expect(take(`other-${i}`, '03:00:01')).rejects.toThrow(TargetClaimed);
    expect((await claims.record(TARGET, 'one'))?.alsoTriggeredBy).toHaveLength(20);
  });

  test('succeeds once the claim has expired, though its item still exists', async () => {
    await take('one', '03:00:00');
    await expect(take('two', '06:59:59')).rejects.toThrow(TargetClaimed);
    expect(await take('two', '07:00:00')).toMatchObject({ holder: 'two', since: at('07:00:00') });
  });

  test('records whether a person or a tool requested it', async () => {
    await take('one', '03:00:00', BY_HAND);
    expect((await claims.record(TARGET, 'one'))?.automatic).toBe(false);
  });
});

test('a claim outlasts all looks of a rollback, with the delays of each', () => {
  const looksSeconds = MAX_SECOND_LOOKS * LOOK_AGAIN_SECONDS;
  expect(CLAIM_HOURS * 3600).toBeGreaterThan(10 * looksSeconds);
});

describe('hold', () => {
  test('renews the claim', async () => {
    await take('one', '03:00:00');
    await claims.hold(TARGET, 'one', at('06:00:00'));
    await expect(take('two', '09:59:59')).rejects.toThrow(TargetClaimed);
  });

  test.each([
    ['when another holds the target', 'two', '03:00:01'],
    ['if the claim expired, though no other execution took it', 'one', '07:00:00'],
  ])('is refused %s', async (_when, execution, clock) => {
    await take('one', '03:00:00');
    await expect(claims.hold(TARGET, execution, at(clock))).rejects.toThrow(ClaimLost);
  });

  test('is refused if no execution ever took the target', async () => {
    await expect(claims.hold(TARGET, 'one', at('03:00:00'))).rejects.toThrow(ClaimLost);
  });
});

describe('the mark of writes', () => {
  test('is set once, and survives the end, so that Report may run again', async () => {
    await take('one', '03:00:00');
    expect(await claims.mayHaveWritten(TARGET, 'one')).toBe(false);
    expect(await claims.markWriting(TARGET, 'one')).toBe(true);
    expect(await claims.markWriting(TARGET, 'one')).toBe(false);
    expect(await claims.records(TARGET, at('03:00:00'))).toMatchObject([{ writing: true }]);
    await close('one');
    expect(await claims.mayHaveWritten(TARGET, 'one')).toBe(true);
  });

  test('can be taken back, and is of one execution alone', async () => {
    await take('one', '03:00:00');
    await claims.markWriting(TARGET, 'one');
    await claims.clearWriting(TARGET, 'one');
    await close('one');
    expect(await claims.mayHaveWritten(TARGET, 'one')).toBe(false);
    await take('two', '03:20:00');
    await claims.markWriting(TARGET, 'two');
    expect(await claims.mayHaveWritten(TARGET, 'one')).toBe(false);
  });

  test('is assumed without a record', async () => {
    expect(await claims.mayHaveWritten(TARGET, 'none')).toBe(true);
  });
});

describe('close', () => {
  test('releases the target and records the outcome', async () => {
    await take('one', '03:00:00');
    await close('one');
    expect(await claims.record(TARGET, 'one')).toMatchObject({ outcome: ENDED, from: 'r42', to: 'r41' });
    await expect(claims.hold(TARGET, 'one', at('03:10:01'))).rejects.toThrow(ClaimLost);
    expect(await take('two', '03:10:01')).toMatchObject({ holder: 'two' });
  });

  test('twice changes nothing', async () => {
    await take('one', '03:00:00');
    await close('one');
    await close('one', { ...ENDED, state: 'failed-dirty' });
    expect((await claims.record(TARGET, 'one'))?.outcome).toEqual(ENDED);
  });

  test('late does not release the claim of another execution', async () => {
    await take('one', '03:00:00');
    await take('two', '07:00:00');
    await close('one');
    await claims.hold(TARGET, 'two', at('07:00:01'));
    expect((await claims.record(TARGET, 'one'))?.outcome).toEqual(ENDED);
  });

  test('by an execution that never held the target leaves no record', async () => {
    await take('one', '03:00:00');
    await close('two');
    expect(await claims.record(TARGET, 'two')).toBeNull();
    await claims.hold(TARGET, 'one', at('03:00:01'));
  });
});

describe('records', () => {
  test('are read newest first, since an instant', async () => {
    for (const [execution, clock] of [
      ['one', '03:00:00'],
      ['two', '04:00:00'],
      ['three', '05:00:00'],
    ] as const) {
      await take(execution, clock);
      await close(execution);
    }
    const found = await claims.records(TARGET, at('04:00:00'));
    expect(found.map(({ execution }) => execution)).toEqual(['three', 'two']);
    expect(await claims.records('ecs:prod/basket', at('00:00:00'))).toEqual([]);
  });

  test('are open until they are closed', async () => {
    await take('one', '03:00:00');
    expect(await claims.open(at('03:00:00'), 10)).toEqual([]);
    expect(await claims.open(at('03:00:01'), 10)).toMatchObject([{ execution: 'one' }]);
    await close('one');
    expect(await claims.open(at('04:00:00'), 10)).toEqual([]);
  });
});

describe('ask', () => {
  const recordItem = async (execution: string) =>
    (
      await tables.client.send(
        new GetCommand({ TableName: table, Key: { target: TARGET, item: `rollback#${execution}` } }),
      )
    ).Item;

  const about: AskedAbout = {
    plan: 'a'.repeat(64),
    approvals: 1,
    askedAt: at('03:01:00'),
    heard: 0,
    again: 0,
  };

  test('keeps the token until the rollback ends, and holds the target while the question is open', async () => {
    await take('one', '03:00:00');
    await claims.ask(TARGET, 'one', 'token-1', at('23:00:00'), about);
    expect(await recordItem('one')).toMatchObject({ token: 'token-1', answerBy: at('23:00:00'), about });
    await expect(take('two', '23:30:00')).rejects.toThrow(TargetClaimed);
    await close('one');
    expect(await recordItem('one')).not.toHaveProperty('token');
  });

  test('is refused if the execution does not hold the target', async () => {
    await take('one', '03:00:00');
    await expect(claims.ask(TARGET, 'two', 'token-2', at('03:10:00'), about)).rejects.toThrow(ClaimLost);
  });
});

describe('a question, if another trigger came since the judgement', () => {
  const about = (heard: number, again = 0): AskedAbout => ({
    ...{ plan: 'a'.repeat(64), approvals: 1, askedAt: at('03:01:00') },
    ...{ heard, again },
  });
  const ask = (of: AskedAbout) => claims.ask(TARGET, 'one', 'token-1', at('03:10:00'), of);
  const question = () => createWaiting(tables.client, table).at(TARGET);

  beforeEach(async () => {
    await take('one', '03:00:00');
    await expect(take('two', '03:00:01', BY_HAND)).rejects.toThrow(TargetClaimed);
  });

  test('is not asked before that trigger is judged', async () => {
    await expect(ask(about(0))).rejects.toThrow(HeardMore);
    expect(await question()).toBeNull();
  });

  test('is asked once that one was judged', async () => {
    await ask(about(1));
    expect(await question()).toMatchObject({ token: 'token-1', about: { heard: 1 } });
  });

  test('is asked after three that were ended so', async () => {
    await expect(ask(about(0, 2))).rejects.toThrow(HeardMore);
    await ask(about(0, 3));
    expect(await question()).toMatchObject({ about: { again: 3 } });
  });

  test('is not kept by a rollback that has ended, which is no trigger', async () => {
    await claims.ask(TARGET, 'one', 'token-0', at('03:10:00'), about(1));
    await close('one');
    await take('three', '03:02:00');
    await expect(ask(about(0))).rejects.toThrow(ClaimLost);
  });
});

describe('unpublished events', () => {
  const unpublished = [
    {
      type: 'Rollback Rejected',
      detail: { version: '1', request: 'x', field: 'f', problem: 'p', rejectedAt: at('03:10:00') },
    },
  ] as const;

  test('stay with the closed record, which is open until they are published', async () => {
    await take('one', '03:00:00');
    await claims.close({ target: TARGET, execution: 'one', outcome: ENDED, unpublished });
    expect(await claims.open(at('03:20:00'), 10)).toMatchObject([
      { execution: 'one', outcome: ENDED, unpublished },
    ]);
    await claims.finish(TARGET, 'one');
    expect(await claims.open(at('03:20:00'), 10)).toEqual([]);
    expect(await claims.record(TARGET, 'one')).toMatchObject({ outcome: ENDED });
    expect(await claims.record(TARGET, 'one')).not.toHaveProperty('unpublished');
  });

  test('and refused triggers keep the record open until it is finished', async () => {
    await take('one', '03:00:00');
    await expect(take('two', '03:00:01')).rejects.toThrow(TargetClaimed);
    await claims.close({ target: TARGET, execution: 'one', outcome: ENDED, yields: true, judged: 1 });
    expect(await claims.open(at('03:20:00'), 10)).toMatchObject([
      { execution: 'one', yields: true, judged: 1, alsoTriggeredBy: [REQUEST] },
    ]);
    await claims.finish(TARGET, 'one');
    expect(await claims.open(at('03:20:00'), 10)).toEqual([]);
    expect(await claims.record(TARGET, 'one')).not.toHaveProperty('yields');
  });

  test('do not keep the target', async () => {
    await take('one', '03:00:00');
    await claims.close({ target: TARGET, execution: 'one', outcome: ENDED, unpublished });
    expect(await take('two', '03:20:00')).toMatchObject({ holder: 'two' });
  });

  test('are none for a running record, which finish does not change', async () => {
    await take('one', '03:00:00');
    await claims.finish(TARGET, 'one');
    expect(await claims.open(at('03:20:00'), 10)).toHaveLength(1);
  });
});
