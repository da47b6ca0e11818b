import { expect, it } from 'vitest';
import { sightBeforeChange } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString();
const target = 'lambda:checkout:live';
const revision = { id: '7', name: 'checkout:7' };
const condemned: Entry = {
  ...{ state: 'condemned', target, revision, condemnedAt: at(30), evidence: [], execution: 'x' },
};
const observed: Entry = {
  ...{ state: 'observed', target, deployment: '6@b', completedAt: at(20), soakUntil: at(21) },
};
const proven: Entry = {
  ...{ state: 'proven', target, revision, completedAt: at(10), provenAt: at(15), evidence: [] },
};

it('a change came after the last sight, or after the last record where that is unknown', () => {
  expect(sightBeforeChange(at(40), [observed])).toEqual({ notBefore: at(40) });
  expect(sightBeforeChange(null, [condemned, observed, proven])).toEqual({ notBefore: at(20) });
  expect(sightBeforeChange(null, [condemned, proven])).toEqual({ notBefore: at(10) });
});

it('the first change of a target came at an unknown time', () => {
  expect(sightBeforeChange(null, [])).toEqual({});
  expect(sightBeforeChange(null, [condemned])).toEqual({});
});
