import { expect, test } from 'vitest';
import { NO_COUNTERS, type ProbeTally } from '../../../src/lookout/counters.ts';
import type { BothSides, Pause } from '../../../src/lookout/document.ts';
import { gate } from '../../../src/lookout/gate.ts';

const AT = '2026-11-22T03:00:00.000Z';
const PAUSE: Pause = { hook: 'hook-1', stage: 'POST_TEST_TRAFFIC_SHIFT', isBefore: true };
const well = (sent: number): readonly ProbeTally[] => [{ at: AT, sent, failed: 0, slow: 0 }];
const revision = (id: string) => ({ revision: { id, name: id }, groups: [] });

/** Returns the state at a pause at which the users' probes are well, after so many probes of the newer side. */
function stateAt(pause: Pause, ofNewer: number): string | undefined {
  const sides: BothSides = {
    ...{ state: 'sides', at: AT, deployment: 'd', startedAt: AT, meters: [], tags: {}, pause },
    ...{ newer: revision('v2'), older: revision('v1') },
  };
  const counters = { ...NO_COUNTERS, users: well(60), newer: ofNewer === 0 ? [] : well(ofNewer) };
  return gate({
    sides,
    look: { at: AT, probes: [], stops: [], missing: [] },
    settings: { gate: true },
    about: { at: AT, counters, says: [] },
    findings: [{ is: 'good', says: 'All probes of users were answered well.' }],
  })?.state;
}

test('before the shift, well-answered users do not pass a side that none of them meets', () => {
  expect(stateAt(PAUSE, 0)).toBeUndefined();
  expect(stateAt(PAUSE, 5)).toBeUndefined();
});

test('before the shift, enough good probes of the newer side pass it', () => {
  expect(stateAt(PAUSE, 30)).toBe('pass');
});

test('once users meet the newer side, their probes count', () => {
  expect(stateAt({ hook: 'hook-1', stage: 'POST_PRODUCTION_TRAFFIC_SHIFT' }, 0)).toBe('pass');
});
