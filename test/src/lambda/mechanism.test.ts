import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { WriteWatch } from '../../../src/aws/write-watch.ts';
import { mechanismHandler, type Around } from '../../../src/lambda/mechanism.ts';
import { steps } from '../../../src/lambda/steps.ts';
import { createClaims } from '../../../src/ledger/dynamodb.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { after } from '../../../src/rollback/time.ts';
import { startTables, type Tables } from '../ledger/tables.ts';
import { AT, ready, request } from '../rollback/documents.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const HOUR = 3600;
/** Returns the parts around a mechanism: nothing is watched, kept or paced. */
function around(more: Pick<Around, 'claims'> & Partial<Around>): Around {
  return {
    ledger: { entries: () => Promise.resolve([]) },
    turns: { of: () => Promise.resolve(undefined) },
    readPause: () => Promise.resolve(null),
    now: () => AT,
    hosts: [],
    writes: { during: (_, work) => work() },
    reads: { during: (_, work) => work() },
    ...more,
  };
}

const context = {
  awsRequestId: 'request',
  functionName: 'function',
  memoryLimitInMB: '1024',
} as unknown as Context;

const Memo = z.object({ id: z.string() });
type Memo = z.infer<typeof Memo>;

const nothing = { state: 'nothing-to-do', at: AT, reason: 'It runs already.' } as const;

/** A mechanism whose way back takes half a day, its claims in a table, and what was asked of it. */
async function scene() {
  const claims = createClaims(tables.client, await tables.claimsTable());
  const asked: unknown[] = [];
  const mechanism: Mechanism<Memo> & Sided = {
    memo: Memo,
    plan: (of) => (asked.push(of), Promise.resolve({ ...nothing, tags: {} })),
    stop: ({ plan }) => (asked.push(`stop ${plan.memo.id}`), Promise.resolve({ state: 'not-running' })),
    revert: () => (asked.push('revert'), Promise.resolve({ state: 'started', deployment: 'back' })),
    settled: () => (asked.push('settled'), Promise.resolve({ state: 'pending', summary: 'it bakes' })),
    takes: () => ({ write: [], look: [] }),
    traits: () => Promise.resolve(null),
    sides: (of) => (asked.push(of), Promise.resolve({ state: 'none', reason: 'There is nothing.' })),
  };
  const clock = { now: AT };
  const handler = mechanismHandler(mechanism, around({ claims, now: () => clock.now }));
  const rungs = [{ name: 'redeploy', does: '…', withinSeconds: 12 * HOUR }] as const;
  const plan = { ...ready, rungs, memo: { id: 'bad', forgotten: true } };
  const claim = { kind: 'ecs', holder: 'one', since: AT, expiresAt: after(AT, HOUR) };
  const verdict = { verdict: 'act', at: AT, reasons: ['!'] } as const;
  let rollback: Rollback = { request, execution: 'one', claim, plan, verdict };
  await claims.take(request.target, 'ecs', 'one', request, AT);
  const call = (name: string, document: object) => handler({ verb: name, rollback: document }, context);
  const verb = async (name: string, hours: number) => {
    clock.now = after(AT, hours * HOUR);
    rollback = (await call(name, rollback)) as Rollback;
    return rollback;
  };
  const takes = (execution: string, hours: number) =>
    claims.take(request.target, 'ecs', execution, request, after(AT, hours * HOUR));
  return { asked, verb, call, rollback, takes, mechanism, claims };
}

describe('the claim', () => {
  it('is held by each look at a way back, however long that takes', async () => {
    const { verb, takes } = await scene();
    await verb('stop', 0);
    await verb('revert', 0);
    for (let hours = 1; hours <= 6; hours++) await verb('settled', hours);
    await expect(takes('two', 7)).rejects.toThrow('is held by one');
    expect((await verb('revert', 7)).reverted).toMatchObject({ state: 'started' });
  });

  it('once lost ends the looks too', async () => {
    const { asked, verb, takes } = await scene();
    await verb('revert', 0);
    await takes('two', 5);
    await expect(verb('settled', 5)).rejects.toThrow('one no longer holds');
    expect(asked).toEqual(['revert']);
  });
});

describe('a write', () => {
  it.each(['stop', 'revert'])('%s is refused to an execution whose claim another one took', async (name) => {
    const { asked, verb, takes } = await scene();
    await takes('two', 5);
    await expect(verb(name, 5)).rejects.toMatchObject({ name: 'ClaimLost' });
    expect(asked).toEqual([]);
  });

  it.each(['stop', 'revert'])('%s is refused to an execution whose claim has expired', async (name) => {
    const { asked, verb } = await scene();
    await expect(verb(name, 5)).rejects.toMatchObject({ name: 'ClaimLost' });
    expect(asked).toEqual([]);
  });

  it.each(['stop', 'revert', 'settled'])('%s is refused to an execution that never claimed', async (name) => {
    const { asked, call, rollback } = await scene();
    const forged = { ...rollback, execution: 'two', claim: { ...rollback.claim, holder: 'two' } };
    await expect(call(name, started(forged))).rejects.toMatchObject({ name: 'ClaimLost' });
    expect(asked).toEqual([]);
  });

  const started = (document: object) => ({
    ...document,
    reverted: { state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: after(AT, HOUR), left: [] },
  });
});

describe('the memo', () => {
  it('is read before the verb', async () => {
    const { asked, verb } = await scene();
    await verb('stop', 0);
    expect(asked).toEqual(['stop bad']);
  });

  it.each(['stop', 'revert', 'settled'])(
    'that does not fit is refused by %s, naming the field',
    async (name) => {
      const { asked, verb, call } = await scene();
      const rollback = await verb('revert', 0);
      asked.length = 0;
      const foreign = { ...rollback, plan: { ...ready, memo: { id: 7 } } };
      await expect(call(name, foreign)).rejects.toMatchObject({
        name: 'InvalidDocument',
        field: 'plan.memo.id',
      });
      expect(asked).toEqual([]);
    },
  );
});

describe('a plan', () => {
  /** Plans for a target with these tags and probes. */
  async function planned(tags: Tags, probes: readonly string[], hosts: readonly string[] = []) {
    const plan = { ...ready, tags, watch: { ...ready.watch, probes }, memo: { id: 'bad' } };
    const { mechanism, claims } = await scene();
    const planning = { ...mechanism, plan: () => Promise.resolve(plan) };
    const handler = mechanismHandler(planning, around({ claims, hosts }));
    return handler({ verb: 'plan', rollback: { request } }, context);
  }

  it.each([
    'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://0.0.0.0/',
    'http://10.0.0.7/health',
  ])('is refused where a probe calls what is neither public nor listed: %s', async (probe) => {
    const refused = planned({}, ['https://shop.example/', probe]);
    await expect(refused).rejects.toMatchObject({ name: 'InvalidTag', tag: 'lastgood:probe' });
  });

  it('says how a private address is allowed', async () => {
    await expect(planned({}, ['http://10.0.0.7/health'])).rejects.toThrow(
      'tag lastgood:probe: 10.0.0.7 is a private address: to allow it, add 10.0.0.7 to the parameter "hosts" in params.yml and deploy',
    );
    await expect(planned({}, ['http://10.0.0.7/health'], ['10.0.0.7'])).resolves.toMatchObject({
      plan: { state: 'ready' },
    });
  });

  it('is refused where a tag has a user and a password, even if nothing is to be watched', async () => {
    const refused = planned({ 'lastgood:probe': 'https://reader:hunter2@shop.example/' }, []);
    await expect(refused).rejects.toMatchObject({ name: 'InvalidTag', tag: 'lastgood:probe' });
    await expect(refused).rejects.not.toThrow('hunter2');
  });
});

describe('a look', () => {
  it.each(['plan', 'runs'])('at %s begins now, and needs no claim', async (name) => {
    const { asked, call } = await scene();
    await call(name, { request, kind: 'ecs' });
    expect(asked).toEqual([{ request, since: AT }]);
  });

  it('has its request read, which no claim has done', async () => {
    const { asked, call } = await scene();
    const refused = call('plan', { request: { target: request.target }, kind: 'ecs' });
    await expect(refused).rejects.toMatchObject({ name: 'InvalidRequest', field: 'request.reason' });
    expect(asked).toEqual([]);
  });
});

describe('a lookout', () => {
  const lookout = { kind: 'ecs', target: request.target, deployment: 'd', startedAt: AT };
  const pause = { hook: 'hook/1', stage: 'PRE_SCALE_UP' };
  /** Calls a mechanism that has pauses. */
  const called = async (verb: string, document: object) => {
    const { mechanism, asked, claims } = await scene();
    const passed: unknown[] = [];
    const pass = (_: unknown, at: unknown) => Promise.resolve(void passed.push(at));
    const handler = mechanismHandler({ ...mechanism, pass }, around({ claims }));
    const answer = await handler({ verb, lookout: document, execution: 'follower' }, context);
    return { answer, asked, passed };
  };

  it('reads the sides without a claim, and gets them with their instant', async () => {
    const { answer, asked } = await called('sides', lookout);
    const sides = { state: 'none', reason: 'There is nothing.', at: AT };
    expect(answer).toEqual({ ...lookout, execution: 'follower', sides });
    expect(asked).toEqual([{ ...lookout, execution: 'follower' }]);
  });

  it('asks again for two minutes where AWS does not list the deployment yet', async () => {
    const sidesOf = async (startedAt: string) => {
      const { mechanism, claims } = await scene();
      const sides = () =>
        Promise.resolve({ state: 'none', reason: 'It is not listed.', isEarly: true } as const);
      const handler = mechanismHandler({ ...mechanism, sides }, around({ claims }));
      const call = { verb: 'sides', lookout: { ...lookout, startedAt }, execution: 'follower' };
      return ((await handler(call, context)) as { readonly sides: object }).sides;
    };
    expect(await sidesOf(after(AT, -119))).toHaveProperty('isEarly', true);
    expect(await sidesOf(after(AT, -121))).not.toHaveProperty('isEarly');
  });

  it('lets a deployment pass only where it weighed so', async () => {
    const passes = { state: 'pass', at: AT, counters: {}, says: [], pause };
    expect((await called('pass', { ...lookout, weighed: passes })).passed).toEqual([pause]);
    const waits = { ...passes, state: 'wait' };
    expect((await called('pass', { ...lookout, weighed: waits })).passed).toEqual([]);
  });

  it.each(['plan', 'stop', 'revert', 'settled'])('may not call %s', async (verb) => {
    await expect(called(verb, lookout)).rejects.toMatchObject({ name: 'InvalidRequest', field: 'verb' });
  });
});

describe('a call', () => {
  it.each([
    ['rollback', { verb: 'plan', rollback: [] }],
    ['rollback', { verb: 'plan' }],
    ['verb', { rollback: {} }],
    ['verb', { verb: 'dance', rollback: {} }],
  ])('without a %s that can be read is refused', async (field, event) => {
    const handler = steps({ plan: { run: () => Promise.resolve('done') } });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'InvalidRequest', field });
  });
});

describe('a write of Stop or Revert', () => {
  it.each(['stop', 'revert'])('is marked in the record of its execution before %s sends it', async (verb) => {
    const { mechanism, claims, rollback } = await scene();
    const marking: Pick<WriteWatch, 'during'> = { during: async (mark, work) => (await mark.set(), work()) };
    const handler = mechanismHandler(mechanism, around({ claims, writes: marking }));
    expect(await claims.mayHaveWritten(request.target, 'one')).toBe(false);
    await handler({ verb, rollback }, context);
    expect(await claims.mayHaveWritten(request.target, 'one')).toBe(true);
  });
});

it('a plan after a judgement uses no read of the plan before, and its retry does', async () => {
  const claims = createClaims(tables.client, await tables.claimsTable());
  const named: (string | undefined)[] = [];
  const mechanism = { plan: () => Promise.resolve({ ...nothing, tags: {} }) } as unknown as Mechanism<Memo> &
    Sided;
  const reads: Around['reads'] = { during: (of, work) => (named.push(of), work()) };
  const handler = mechanismHandler(mechanism, around({ claims, reads }));
  const rollback = { request: { target: 'ecs:prod/checkout', reason: 'x' }, execution: 'one' };
  const verdict = { verdict: 'ask', at: AT, reasons: [] };
  for (const document of [rollback, rollback, { ...rollback, verdict }, { ...rollback, verdict }])
    await handler({ verb: 'plan', rollback: document }, context);
  expect(named[1]).toBe(named[0]);
  expect(named[3]).toBe(named[2]);
  expect(named[2]).not.toBe(named[0]);
});
