import { expect, test } from 'vitest';
import type { Slices } from '../../../src/rollback/document.ts';
import { measuredIn } from '../../../src/rollback/measured.ts';
import { AT, ready } from './documents.ts';

const at = (clock: string) => `2026-11-22T03:${clock}.000Z`;
const proven: Slices = {
  plan: ready,
  reverted: { state: 'started', rung: 0, at: at('02:00'), deployment: 'back', settleBy: AT, left: [] },
  settled: { state: 'settled', at: at('04:00'), summary: 'all' },
  health: { state: 'proven', at: at('06:00'), healthySince: at('05:00'), signs: [] },
};
const times = { rung: 'redeploy', wroteAt: at('02:00'), restoredAt: at('05:00'), provenAt: at('06:00') };

test('measures a proven way back from its first write', () => {
  expect(measuredIn(proven)).toEqual({ measured: times });
  const stopped = { state: 'stopped', at: at('01:00'), deployment: 'bad' } as const;
  expect(measuredIn({ ...proven, stopped })).toEqual({ measured: { ...times, wroteAt: at('01:00') } });
  expect(measuredIn({ ...proven, stopped: { state: 'not-running' } })).toEqual({ measured: times });
  const another = { ...ready, rungs: [ready.rungs[0], { ...ready.rungs[0], name: 'other' }] as const };
  const onSecond = {
    ...proven,
    plan: another,
    reverted: { ...proven.reverted!, rung: 1 } as Slices['reverted'],
  };
  expect(measuredIn(onSecond as Slices)).toEqual({ measured: { ...times, rung: 'other' } });
});

test('names the seconds in which people answered and in which it was paused', () => {
  const verdict = { verdict: 'act', at: AT, reasons: [], askedSeconds: 240 } as const;
  const paused: Slices['paused'] = {
    ...{ state: 'resumed', at: at('01:00'), order: { paused: true }, wrote: false, published: [] },
    spans: [
      { from: at('00:10'), to: at('00:20') },
      { from: at('00:30'), to: at('01:00') },
    ],
  };
  expect(measuredIn({ ...proven, verdict })).toEqual({ measured: { ...times, waitedSeconds: 240 } });
  expect(measuredIn({ ...proven, verdict, paused })).toEqual({ measured: { ...times, waitedSeconds: 280 } });
  const { askedSeconds, ...unasked } = verdict;
  expect(askedSeconds).toBe(240);
  expect(measuredIn({ ...proven, verdict: unasked, paused })).toEqual({
    measured: { ...times, waitedSeconds: 40 },
  });
});

test.each([
  ['nothing was started', { reverted: undefined }],
  ['it was joined', { reverted: { ...proven.reverted, state: 'joined' } }],
  ['health was not proven', { health: { state: 'unproven', at: AT, signs: [], reason: 'x' } }],
  ['there is no such rung', { reverted: { ...proven.reverted, rung: 7 } }],
  ['there is no plan', { plan: undefined }],
  ['the plan leads nowhere', { plan: { state: 'no-way-back', at: AT, tags: {}, reason: 'x' } }],
  ['AWS went back natively', { settled: { ...proven.settled, byItself: true } }],
  ['another made its last step', { settled: { ...proven.settled, byAnother: true } }],
])('measures nothing where %s', (_, changed) => {
  expect(measuredIn({ ...proven, ...changed } as Slices)).toEqual({});
});
