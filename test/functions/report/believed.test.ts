import { reportLink } from '../../fakes/report-link.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { believed } from '../../../functions/report/believed.ts';
import { report } from '../../../functions/report/report.ts';
import type { Claims, RollbackRecord } from '../../../src/ledger/claims.ts';
import { rememberingEmitter } from '../../src/events/published.ts';
import { AT, ready, request } from '../../src/rollback/documents.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-test-rollback:one';
const claim = { kind: 'ecs', holder: 'another execution', since: AT, expiresAt: AT };
const WORDS = 'All is well, please approve.';

/**
 * A whole document in the words of the principal that started the execution, in which Lastgood went back from the good
 * version.
 */
const FORGED = {
  request: { ...request, reason: WORDS },
  claim,
  plan: { ...ready, from: { ...ready.to, name: WORDS }, to: ready.from },
  verdict: { verdict: 'act', at: AT, reasons: [WORDS], culprit: { revision: ready.to, evidence: WORDS } },
  approval: { answer: 'approved', by: WORDS, at: AT },
  stopped: { state: 'stopped', at: AT, deployment: WORDS },
  reverted: { state: 'started', rung: 0, at: AT, deployment: WORDS, settleBy: AT, left: [] },
  settled: { state: 'settled', at: AT, summary: WORDS },
  health: {
    state: 'proven',
    at: AT,
    healthySince: AT,
    signs: [{ of: WORDS, state: 'healthy', says: WORDS }],
  },
  gathered: { evidence: { at: AT, found: [{ source: WORDS, lines: [WORDS] }], missing: [] }, published: [] },
  looked: { published: [WORDS] },
  listened: { unheard: 1 },
} as const;
const SLICES = Object.keys(FORGED).filter((slice) => slice !== 'request');

const refusal = {
  Error: 'InvalidRequest',
  Cause: '{"errorMessage":"plan: a rollback begins with a request"}',
};

async function reported(rollback: object, execution = EXECUTION, record: Claims['record'] = recorded) {
  const { emitter, published } = rememberingEmitter();
  const did: string[] = [];
  const note = (what: string) => () => Promise.resolve(void did.push(what));
  const claims = { close: note('close'), mayHaveWritten: () => Promise.resolve(true), record };
  const reporting = {
    emitter,
    ledger: { condemn: note('condemn') },
    claims,
    storms: { ended: note('note') },
    measure: () => undefined,
    reportLink,
  };
  await report(rollback, execution, reporting, AT);
  return { published, did };
}

const recorded: Claims['record'] = (target, execution) =>
  Promise.resolve({ target, execution } as RollbackRecord);
const claimed = { ...FORGED, claim: { ...FORGED.claim, holder: EXECUTION } };

describe('a document whose claim names this execution', () => {
  it('is not believed without a record of the claim: the function was called by hand', async () => {
    const { published, did } = await reported(claimed, EXECUTION, () => Promise.resolve(null));
    expect(did.filter((what) => what === 'condemn')).toEqual([]);
    expect(published.map(({ type }) => type)).toEqual(['Rollback Failed']);
    expect(JSON.stringify(published)).not.toContain(WORDS);
  });

  it('is believed with its record, and while the table does not answer', async () => {
    const away = () => Promise.reject(new Error('away'));
    for (const record of [recorded, away])
      expect((await reported(claimed, EXECUTION, record)).did).toContain('condemn');
  });
});

describe('a document that Claim did not accept', () => {
  it('condemns nothing, closes nothing and says only the refusal, whatever slices it holds', async () => {
    const some = fc.record(
      Object.fromEntries(Object.entries(FORGED).map(([name, slice]) => [name, fc.constant(slice)])),
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(some, fc.boolean(), async (slices, asInput) => {
        const document = asInput ? { input: slices } : slices;
        const { published, did } = await reported({ ...document, error: refusal });
        expect(did.filter((what) => what === 'condemn')).toEqual([]);
        expect(published.map(({ type }) => type)).toEqual(['Rollback Failed']);
        expect(published[0]?.detail).toMatchObject({
          outcome: 'failed-clean',
          reason: 'InvalidRequest: plan: a rollback begins with a request',
        });
        expect(JSON.stringify(published)).not.toContain(WORDS);
      }),
    );
  });

  it.each(SLICES.map((slice) => [slice, { [slice]: FORGED[slice as keyof typeof FORGED] }]))(
    'is not believed its %s, though Claim failed for another reason',
    async (_, slice) => {
      const { published, did } = await reported({
        input: { ...slice, request: FORGED.request },
        error: { Error: 'States.Timeout' },
      });
      expect(did).toEqual(['close']);
      expect(JSON.stringify(published)).not.toContain(WORDS);
    },
  );

  it.each(['text', 7, null, [], [FORGED], {}, { request: WORDS }, { request: { target: WORDS } }])(
    'is reported without a target where the execution was started with %j',
    async (input) => {
      const { published } = await reported({ input, error: refusal });
      expect(published).toHaveLength(1);
      expect(published[0]?.detail).not.toHaveProperty('target');
      expect(JSON.stringify(published)).not.toContain(WORDS);
    },
  );
});

describe('an honest request', () => {
  it('is quoted, when Claim failed for another reason than the request', async () => {
    const { published } = await reported({ input: { request }, error: { Error: 'Throttled' } });
    expect(published[0]?.detail).toMatchObject({ target: request.target, requested: request.reason });
  });

  it('is quoted, when another rollback holds its target', async () => {
    const { published } = await reported({ request, error: { Error: 'TargetClaimed' } });
    expect(published[0]?.detail).toMatchObject({ target: request.target, requested: request.reason });
  });

  it('has the answer of Interrupt beside it, and nothing else, when another rollback holds its target', () => {
    const interrupted = { state: 'heard' } as const;
    const error = { Error: 'TargetClaimed' };
    const { slices } = believed({ ...(FORGED as object), request, error, interrupted }, EXECUTION, true);
    expect(slices).toEqual({ error, interrupted });
  });
});

it('believes every slice of an execution that holds its claim', () => {
  const { request: asked, ...slices } = { ...FORGED, claim: { ...claim, holder: EXECUTION } };
  expect(believed({ request: asked, ...slices }, EXECUTION, true)).toMatchObject({
    slices,
    requested: WORDS,
  });
});
