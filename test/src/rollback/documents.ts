import fc from 'fast-check';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Ready } from '../../../src/rollback/plan.ts';

export const AT = '2026-11-22T03:00:00.000Z';

export const ready: Ready = {
  state: 'ready',
  at: AT,
  tags: { lastgood: 'auto' },
  watch: { targetGroups: [], alarms: ['checkout-5xx'], probes: [] },
  source: 'ledger',
  from: { id: 'revision/bad', name: 'checkout:42' },
  to: { id: 'revision/good', name: 'checkout:41' },
  fromTags: {},
  rungs: [{ name: 'redeploy', does: 'deploys the last known good revision', withinSeconds: 600 }],
  memo: null,
};

const alarm = { type: 'alarm', id: 'one', at: AT, alarm: 'checkout-5xx' } as const;
export const request: Rollback['request'] = {
  target: 'ecs:prod/checkout',
  reason: 'It hurts.',
  trigger: alarm,
};

/** Slices as the states leave them, and none at all. */
const values: { readonly [slice in keyof Rollback]: readonly Rollback[slice][] } = {
  request: [request, { target: 'ecs:prod/checkout', reason: 'By hand.' }],
  plan: [
    ready,
    { ...ready, state: 'join' },
    { state: 'nothing-to-do', at: AT, tags: {}, reason: 'It runs already.' },
    { state: 'no-way-back', at: AT, tags: { lastgood: 'auto' }, reason: 'Nothing was ever proven.' },
    { state: 'no-way-back', at: AT, tags: {}, reason: 'Nothing was ever proven.' },
  ],
  verdict: [
    { verdict: 'act', at: AT, reasons: ['!'] },
    { verdict: 'ask', at: AT, reasons: ['?'], countdownSeconds: 600, onSilence: 'go' },
    { verdict: 'ask', at: AT, reasons: ['?'], countdownSeconds: 600, onSilence: 'stay' },
    { verdict: 'look-again', at: AT, reasons: ['?'], lookAgainInSeconds: 150, looks: 1 },
    { verdict: 'observe', at: AT, reasons: ['.'] },
    { verdict: 'skip', at: AT, reasons: ['.'] },
  ],
  approval: [
    { answer: 'approved', by: 'U1', at: AT },
    { answer: 'denied', by: 'U1', at: AT },
    { answer: 'judge-again', at: AT, request },
    { Error: 'States.Timeout' },
    { Error: 'HeardMore' },
  ],
  interrupted: [{ state: 'judged-again' }, { state: 'heard' }, { Error: 'Unavailable' }],
  stopped: [
    { state: 'stopped', at: AT, deployment: 'bad' },
    { state: 'reverting', at: AT, deployment: 'bad' },
    { state: 'not-running' },
    { state: 'left-to-revert', deployment: 'bad', reason: 'it came from another' },
  ],
  reverted: [
    { state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: AT, left: [] },
    { state: 'joined', rung: 0, at: AT, deployment: 'back', settleBy: AT, left: [] },
    { state: 'failed', rung: 0, at: AT, reason: 'no capacity', left: [], more: false },
  ],
  settled: [
    { state: 'settled', at: AT, summary: '2 of 2' },
    { state: 'pending', summary: '1 of 2', polls: 1, pollAgainInSeconds: 30 },
    { state: 'failed', reason: 'it broke', more: false },
    { state: 'overtaken', by: 'newer', reason: 'it began later' },
  ],
  health: [
    { state: 'proven', at: AT, healthySince: AT, signs: [] },
    { state: 'pending', at: AT, verifyBy: AT, pollAgainInSeconds: 30, signs: [] },
    { state: 'unproven', at: AT, signs: [], reason: 'alarm checkout-5xx was unhealthy' },
  ],
  error: [
    { Error: 'TargetClaimed', Cause: '{"errorMessage":"held"}' },
    { Error: 'NotPermitted', Cause: '{"errorMessage":"no"}' },
    { Error: 'ClaimLost', Cause: 'not JSON' },
    { Error: 'States.Timeout' },
    { Error: 'Error', Cause: '[]' },
  ],
};

const slices = Object.entries(values).map(([slice, known]) => [
  slice,
  fc.option(fc.constantFrom(...known), { nil: undefined, freq: slice === 'request' ? 20 : 2 }),
]);

/** Any combination of slices, likely or not. */
export const documents: fc.Arbitrary<Rollback> = fc
  .record(Object.fromEntries(slices) as Record<string, fc.Arbitrary<unknown>>)
  .map((record) => JSON.parse(JSON.stringify(record)) as Rollback);
