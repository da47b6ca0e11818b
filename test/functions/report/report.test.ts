import { reportLink } from '../../fakes/report-link.ts';
import { describe, expect, it } from 'vitest';
import { report } from '../../../functions/report/report.ts';
import type { Reported } from '../../../src/rollback/document.ts';
import type { InStorm } from '../../../src/rollback/storm/arrivals.ts';
import type { Measure } from '../../../src/events/measures.ts';
import type { Closing, RollbackRecord } from '../../../src/ledger/claims.ts';
import { rememberingEmitter } from '../../src/events/published.ts';
import { AT, ready, request } from '../../src/rollback/documents.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-test-rollback:one';
const LATER = '2026-11-22T03:10:00.000Z';
const claim = { kind: 'ecs', holder: EXECUTION, since: AT, expiresAt: LATER };
const act = { verdict: 'act', at: AT, reasons: ['The harm began before.'] } as const;
const acting: Reported = { request, claim, plan: ready, verdict: act };
const proven: Reported = {
  ...acting,
  stopped: { state: 'stopped', at: AT, deployment: 'bad' },
  reverted: { state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: LATER, left: [] },
  settled: { state: 'settled', at: AT, summary: '2 of 2' },
  health: { state: 'proven', at: LATER, healthySince: AT, signs: [] },
};

const STEPS = ['Rollback Started', 'Rollback Planned', 'Rollback Stopped', 'Rollback Reverted'];

/** Tables and a bus that remember in which order they were used, and fail on demand. */
function world(failing?: 'condemn' | 'close' | 'emit' | 'note') {
  const { emitter, published } = rememberingEmitter();
  const did: string[] = [];
  const condemned: unknown[] = [];
  const closed: Closing[] = [];
  const noted: string[] = [];
  const measured: Measure[] = [];
  const tried = (what: string) => (
    did.push(what),
    what === failing ? Promise.reject(new Error('down')) : Promise.resolve()
  );
  const reporting = {
    emitter: {
      emit: (async (type, detail) => {
        await tried('emit');
        await emitter.emit(type, detail);
      }) as typeof emitter.emit,
    },
    ledger: { condemn: (...all: unknown[]) => (condemned.push(all), tried('condemn')) },
    claims: {
      close: (closing: Closing) => (closed.push(closing), tried('close')),
      mayHaveWritten: () => Promise.resolve(true),
      record: (target: string, execution: string) => Promise.resolve({ target, execution } as RollbackRecord),
    },
    storms: {
      ended: ({ target, storm }: { target: string; storm: InStorm }, state: string) => (
        noted.push(`${storm.id} ${target} ${state}`),
        tried('note')
      ),
    },
    measure: (all: readonly Measure[]) => void measured.push(...all),
    reportLink,
  };
  return { reporting, published, condemned, closed, did, noted, measured };
}

describe('a rollback that worked', () => {
  it('is published, its revision condemned, and its record closed, in this order', async () => {
    const { reporting, published, condemned, closed, did } = world();
    const outcome = await report(proven, EXECUTION, reporting, LATER);
    expect(outcome.state).toBe('rolled-back');
    expect([...new Set(did)]).toEqual(['emit', 'condemn', 'close']);
    expect(published.map(({ type }) => type)).toEqual([...STEPS, 'Rollback Succeeded', 'Rollback Frozen']);
    expect(published.slice(STEPS.length)).toMatchObject([
      {
        type: 'Rollback Succeeded',
        detail: {
          version: '1',
          target: 'ecs:prod/checkout',
          execution: EXECUTION,
          outcome: 'rolled-back',
          requested: 'It hurts.',
          from: { name: 'checkout:42' },
          to: { name: 'checkout:41' },
          startedAt: AT,
          endedAt: LATER,
          verdict: { verdict: 'act' },
          rung: 'redeploy',
          report: reportLink(EXECUTION),
          times: { triggeredAt: AT, revertedAt: AT, settledAt: AT, provenAt: LATER },
        },
      },
      {
        type: 'Rollback Frozen',
        detail: { revision: { name: 'checkout:42' }, by: 'lastgood', execution: EXECUTION },
      },
    ]);
    const [succeeded] = published.slice(STEPS.length);
    expect(timesIn(succeeded?.detail)).toEqual({
      ...{ triggeredAt: AT, plannedAt: AT, judgedAt: AT, stoppedAt: AT, revertedAt: AT },
      ...{ settledAt: AT, healthySince: AT, provenAt: LATER, lookedAt: LATER },
    });
    expect(condemned).toEqual([
      ['ecs:prod/checkout', ready.from, LATER, ['It hurts.', 'The harm began before.'], EXECUTION],
    ]);
    expect(closed).toEqual([
      {
        target: 'ecs:prod/checkout',
        execution: EXECUTION,
        outcome,
        from: 'revision/bad',
        to: 'revision/good',
        deployment: 'back',
        measured: { rung: 'redeploy', wroteAt: AT, restoredAt: AT, provenAt: LATER },
        report: reportLink(EXECUTION),
      },
    ]);
  });

  it('leaves the triggers that came during a rehearsal to the sweep, and condemns nothing', async () => {
    const { reporting, condemned, closed, published } = world();
    const trigger = { type: 'rehearsal', id: 'cli:1', at: AT, by: 'ada', way: 'back' } as const;
    const rehearsal = { ...proven, request: { ...request, trigger } };
    await report(rehearsal, EXECUTION, reporting, LATER);
    expect(condemned).toEqual([]);
    expect(closed).toMatchObject([{ yields: true, judged: 0, deployment: 'back' }]);
    expect(closed[0]).not.toHaveProperty('overtaken');
    expect(published.map(({ detail }) => (detail as { rehearsal?: string }).rehearsal)).toEqual(
      published.map(() => 'back'),
    );
  });

  it('notes what was put on the target, and that another deployment took its place', async () => {
    const { reporting, closed } = world();
    const settled = { state: 'overtaken', by: 'newer', reason: 'x' } as const;
    const deployed = { id: 'good', state: 'completed', startedAt: AT, isRollback: false } as const;
    const recent = [{ ...deployed, revision: ready.to, content: '41' }];
    await report({ ...proven, plan: { ...ready, recent }, settled }, EXECUTION, reporting, LATER);
    expect(closed).toMatchObject([{ to: 'revision/good', toContent: '41', overtaken: true }]);
  });

  it('keeps who denied the plan, and who approved it not', async () => {
    const { reporting, closed } = world();
    const by = { by: 'slack:U0BEN', at: AT };
    const countdown = { countdownSeconds: 600, onSilence: 'stay' } as const;
    const asked = { ...acting, verdict: { verdict: 'ask', at: AT, reasons: ['?'], ...countdown } } as const;
    await report({ ...asked, approval: { answer: 'denied', ...by } }, EXECUTION, reporting, LATER);
    await report({ ...proven, approval: { answer: 'approved', ...by } }, EXECUTION, reporting, LATER);
    expect(closed.map(({ denied }) => denied)).toEqual([by, undefined]);
  });

  it.each(['condemn', 'close'] as const)('is published and left open when %s fails', async (failing) => {
    const { reporting, published, did } = world(failing);
    await expect(report(proven, EXECUTION, reporting, LATER)).rejects.toThrow('down');
    expect(published.at(-2)).toMatchObject({ type: 'Rollback Succeeded' });
    expect(did.at(-1)).toBe(failing);
  });
});

it('publishes only the events that were not published before', async () => {
  const { reporting, published } = world();
  const gathered = { evidence: { Error: 'States.Timeout' }, published: ['Started', 'Planned', 'Stopped'] };
  await report({ ...proven, gathered }, EXECUTION, reporting, LATER);
  expect(published.map(({ type }) => type)).toEqual([
    'Rollback Reverted',
    'Rollback Succeeded',
    'Rollback Frozen',
  ]);
});

describe('when the bus fails', () => {
  it('a rollback ends as it did, and its record keeps what is to be published', async () => {
    const { reporting, condemned, closed } = world('emit');
    const outcome = await report(proven, EXECUTION, reporting, LATER);
    expect(outcome.state).toBe('rolled-back');
    expect(condemned).toHaveLength(1);
    expect(closed[0]?.unpublished?.map(({ type }) => type)).toEqual([
      ...STEPS,
      'Rollback Succeeded',
      'Rollback Frozen',
    ]);
  });

  it('the record keeps no undefined field, which DynamoDB refuses', async () => {
    const { reporting, closed } = world('emit');
    const unclaimed: Reported = { request, error: { Error: 'Unavailable' } };
    for (const rollback of [proven, unclaimed]) {
      await report(rollback, EXECUTION, reporting, LATER);
      const { unpublished } = closed.at(-1) ?? {};
      expect(unpublished).toStrictEqual(JSON.parse(JSON.stringify(unpublished)));
    }
  });

  it('one without a record is reported again', async () => {
    const { reporting, closed } = world('emit');
    const refused = { request, error: { Error: 'InvalidRequest' } };
    await expect(report(refused, EXECUTION, reporting, LATER)).rejects.toThrow('down');
    expect(closed).toEqual([]);
  });

  it('one whose Claim failed before it began a record is reported again', async () => {
    const { reporting } = world('emit');
    const claims = { ...reporting.claims, record: () => Promise.resolve(null) };
    const unclaimed = { request, error: { Error: 'Unavailable' } };
    await expect(report(unclaimed, EXECUTION, { ...reporting, claims }, LATER)).rejects.toThrow('down');
  });
});

describe('the revision at fault', () => {
  const dirty: Reported = { ...acting, error: { Error: 'ClaimLost' } };
  const byHand = { target: 'ecs:prod/checkout', reason: 'By hand.' };

  const asking: Reported = {
    ...acting,
    verdict: { verdict: 'ask', at: AT, reasons: ['?'], countdownSeconds: 600, onSilence: 'stay' },
  };
  const throttled = { Error: 'Throttled' };

  it.each<[string, Reported, boolean]>([
    [
      'is not condemned when the question could not be asked',
      { ...asking, error: { Error: 'Unavailable' } },
      false,
    ],
    [
      'is not condemned when a person approved and the plan that was made again could not be judged',
      {
        ...asking,
        plan: { ...ready, from: { id: 'revision/fix', name: 'checkout:43' } },
        approval: { answer: 'approved', by: 'U1', at: AT, plan: 'of another' },
        error: throttled,
      },
      false,
    ],
    [
      'is condemned when Stop could not do what was decided',
      { ...acting, approval: { answer: 'approved', by: 'U1', at: AT }, error: throttled },
      true,
    ],
    ['is condemned when an alarm accused it and going back failed', dirty, true],
    ['is not condemned when a person asked and going back failed', { ...dirty, request: byHand }, false],
    ['is condemned when a person asked and it was gone back from', { ...proven, request: byHand }, true],
    [
      'is not condemned when the rollback was skipped',
      { ...acting, verdict: { ...act, verdict: 'skip' } },
      false,
    ],
    [
      'is not condemned when it is the one gone back to',
      { ...proven, plan: { ...ready, to: ready.from } },
      false,
    ],
    [
      'is condemned when a later alarm accused it and going back failed',
      { ...dirty, request: byHand, verdict: { ...act, decidedBy: request } },
      true,
    ],
    [
      'is not condemned when a person decided later and going back failed',
      { ...dirty, verdict: { ...act, decidedBy: byHand } },
      false,
    ],
    [
      'is not condemned when it was only to be looked at again',
      {
        ...acting,
        verdict: { verdict: 'look-again', at: AT, reasons: ['?'], lookAgainInSeconds: 150, looks: 1 },
        error: throttled,
      },
      false,
    ],
    [
      'is not condemned when the suspect is the one gone back to',
      { ...proven, plan: { ...ready, suspect: ready.to } },
      false,
    ],
    [
      'is not condemned when judging failed',
      { request, claim, plan: ready, error: { Error: 'InvalidTag' } },
      false,
    ],
  ])('%s', async (_, rollback, condemns) => {
    const { reporting, condemned } = world();
    await report(rollback, EXECUTION, reporting, LATER);
    expect(condemned).toHaveLength(condemns ? 1 : 0);
  });
});

describe('another revision than the one that runs', () => {
  const suspect = { id: 'revision/worse', name: 'checkout:40' };
  const culprit = { revision: suspect, evidence: 'ada put checkout:39 back at 03:02.' };
  const skip = { verdict: 'skip', at: AT, reasons: ['checkout:39 is back already.'], culprit } as const;

  it.each([proven, { ...acting, error: { Error: 'ClaimLost' } }])(
    'is condemned in its place where the plan suspects it',
    async (rollback) => {
      const { reporting, condemned, published } = world();
      const plan = { ...ready, suspect };
      const { advice } = await report({ ...rollback, plan }, EXECUTION, reporting, LATER);
      expect(condemned).toEqual([
        ['ecs:prod/checkout', suspect, LATER, ['It hurts.', 'The harm began before.'], EXECUTION],
      ]);
      expect(published.at(-1)).toMatchObject({ type: 'Rollback Frozen', detail: { revision: suspect } });
      expect(advice.join()).not.toContain('refuses checkout:42');
    },
  );

  it('is condemned by what the verdict says of it, though nothing is gone back from', async () => {
    const { reporting, condemned, published } = world();
    const outcome = await report({ ...acting, verdict: skip }, EXECUTION, reporting, LATER);
    expect(outcome.state).toBe('skipped');
    expect(condemned).toEqual([['ecs:prod/checkout', suspect, LATER, [culprit.evidence], EXECUTION]]);
    expect(published.at(-1)).toMatchObject({
      type: 'Rollback Frozen',
      detail: { revision: suspect, reason: culprit.evidence },
    });
    expect(outcome.advice.join()).toContain('The check refuses checkout:40');
  });

  it('is not condemned by a verdict that something else than a skip followed', async () => {
    const { reporting, condemned } = world();
    const verdict = { ...act, culprit } as const;
    await report({ ...proven, verdict }, EXECUTION, reporting, LATER);
    expect(condemned).toMatchObject([['ecs:prod/checkout', ready.from, LATER, {}, EXECUTION]]);
    await report({ ...acting, verdict: skip, error: throttledBefore }, EXECUTION, reporting, LATER);
    expect(condemned).toHaveLength(1);
  });

  const throttledBefore = { Error: 'Throttled' };
});

describe('the record', () => {
  it.each(['TargetClaimed', 'InvalidRequest'])('is not touched after %s: there is none', async (Error) => {
    const { reporting, closed, published } = world();
    await report({ request, error: { Error } }, EXECUTION, reporting, LATER);
    expect(closed).toEqual([]);
    expect(published).toHaveLength(1);
  });

  const skip = { verdict: 'skip', at: AT, reasons: ['It was red already.'] } as const;
  const countdown = { countdownSeconds: 600, onSilence: 'stay' } as const;
  const ask = { verdict: 'ask', at: AT, reasons: ['?'], ...countdown } as const;

  it.each<[string, Reported, true | undefined]>([
    ['that the judge skipped yields to those that Claim refused', { ...acting, verdict: skip }, true],
    [
      'that was skipped after a question does not',
      { ...acting, verdict: skip, approval: { answer: 'approved', by: 'U1', at: AT } },
      undefined,
    ],
    [
      'with nothing to do does not',
      { ...acting, verdict: skip, plan: { state: 'nothing-to-do', at: AT, tags: {}, reason: 'It runs.' } },
      undefined,
    ],
    ['that was only observed does not', { ...acting, verdict: { ...skip, verdict: 'observe' } }, undefined],
    ['that worked does not', proven, undefined],
    [
      'that was skipped because a trigger made it judge again does',
      { ...acting, verdict: skip, approval: { answer: 'judge-again', at: AT, request } },
      true,
    ],
    ['that got no answer does', { ...acting, verdict: ask, approval: { Error: 'States.Timeout' } }, true],
    [
      'that a person denied does not',
      { ...acting, verdict: ask, approval: { answer: 'denied', by: 'U1', at: AT } },
      undefined,
    ],
  ])('of a rollback %s', async (_which, rollback, yields) => {
    const { reporting, closed } = world();
    await report(rollback, EXECUTION, reporting, LATER);
    expect(closed.map((closing) => closing.yields)).toEqual([yields]);
  });

  it('says how many of the refused triggers it judged itself', async () => {
    const { reporting, closed } = world();
    await report({ ...acting, verdict: { ...skip, heard: 3 } }, EXECUTION, reporting, LATER);
    await report({ ...acting, verdict: skip }, EXECUTION, reporting, LATER);
    expect(closed.map(({ judged }) => judged)).toEqual([3, 0]);
  });

  it('is closed after a Claim that may have worked', async () => {
    const { reporting, closed } = world();
    await report({ request, error: { Error: 'States.Timeout' } }, EXECUTION, reporting, LATER);
    expect(closed).toMatchObject([{ outcome: { state: 'failed-clean' } }]);
  });

  it.each([[{}], [{ request: null as never }], [{ request: { target: 42, reason: {} } }]])(
    'is not needed to report a machine started with %j',
    async (input) => {
      const { reporting, published, closed } = world();
      await report(
        { ...input, error: { Error: 'InvalidRequest', Cause: 'request' } },
        EXECUTION,
        reporting,
        LATER,
      );
      expect(published).toMatchObject([
        { type: 'Rollback Failed', detail: { outcome: 'failed-clean', execution: EXECUTION } },
      ]);
      expect(closed).toEqual([]);
    },
  );
});

/** Returns the exact times: rules and dashboards of others read them by name. */
function timesIn(detail: object | undefined): unknown {
  return detail !== undefined && 'times' in detail ? detail.times : undefined;
}

describe('an error before any write', () => {
  const throttled: Reported = { ...acting, error: { Error: 'Throttled', Cause: 'slow down' } };
  const reportedBy = async (mayHaveWritten: () => Promise<boolean>) => {
    const { reporting } = world();
    const claims = { ...reporting.claims, mayHaveWritten };
    return (await report(throttled, EXECUTION, { ...reporting, claims }, LATER)).state;
  };

  it('is clean', async () => {
    expect(await reportedBy(() => Promise.resolve(false))).toBe('failed-clean');
    expect(await reportedBy(() => Promise.resolve(true))).toBe('failed-dirty');
  });

  it('is dirty if the table does not say whether anything was written', async () => {
    expect(await reportedBy(() => Promise.reject(new Error('down')))).toBe('failed-dirty');
  });
});

describe('the storm of a target', () => {
  const storm = { id: 'one', role: 'member', since: LATER } as const;
  const inStorm: Reported = { ...proven, claim: { ...proven.claim!, storm } };

  it('learns how it ended', async () => {
    const { reporting, noted, published } = world();
    await report(inStorm, EXECUTION, reporting, LATER);
    expect(noted).toEqual([`one ${(proven.request as { target: string }).target} rolled-back`]);
    expect(published.find(({ type }) => type === 'Rollback Succeeded')?.detail).toMatchObject({
      storm: 'one',
    });
  });

  it('does not change the outcome when it cannot be told', async () => {
    const { reporting, did } = world('note');
    expect((await report(inStorm, EXECUTION, reporting, LATER)).state).toBe('rolled-back');
    expect(did.slice(-2)).toEqual(['close', 'note']);
  });

  it('is told nothing of a rollback that belongs to none', async () => {
    const { reporting, noted } = world();
    await report(proven, EXECUTION, reporting, LATER);
    expect(noted).toEqual([]);
  });
});

describe('the link to the report page', () => {
  const { request, claim, plan } = proven;
  const skipped = {
    request,
    claim,
    plan,
    verdict: { verdict: 'skip', at: AT, reasons: ['No.'] },
  } as Reported;

  it('is in the end and in the record of a skip that got as far as a plan', async () => {
    const { reporting, published, closed } = world();
    await report(skipped, EXECUTION, reporting, LATER);
    expect(published.at(-1)).toMatchObject({ detail: { report: reportLink(EXECUTION) } });
    expect(closed.at(-1)).toMatchObject({ report: reportLink(EXECUTION) });
  });

  it('is absent where a skip came before a plan: there is nothing to show', async () => {
    const { reporting, published, closed } = world();
    const refused = { request, error: { Error: 'TargetClaimed', Cause: '{}' } };
    await report(refused, EXECUTION, reporting, LATER);
    expect(published.at(-1)?.type).toBe('Rollback Skipped');
    expect(published.at(-1)?.detail).not.toHaveProperty('report');
    expect(closed.every((closing) => !('report' in closing))).toBe(true);
  });
});
