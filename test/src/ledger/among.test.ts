import { expect, it } from 'vitest';
import { condemnedIds, condemnedIn, isProvenIn, provenIds, provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { FakeEntries } from '../../fakes/ledger.ts';

const AT = '2026-11-22T03:04:00.000Z';
const target = 'asg:web';
const proven = (id: string): Entry => ({
  ...{ state: 'proven', target, revision: { id, name: id }, completedAt: AT, provenAt: AT, evidence: [] },
});
const condemned = (id: string): Entry => ({
  ...{
    state: 'condemned',
    target,
    revision: { id, name: id },
    condemnedAt: AT,
    evidence: [],
    execution: 'x',
  },
});
const candidate: Entry = { state: 'candidate', target, deployment: 'd', completedAt: AT, soakUntil: AT };
const entries = [candidate, proven('b'), condemned('c'), proven('a'), condemned('d'), condemned('c')];

it('separates proven entries from condemned ones, in their order', () => {
  expect(provenIn(entries)).toEqual([proven('b'), proven('a')]);
  expect(condemnedIn(entries)).toEqual([condemned('c'), condemned('d'), condemned('c')]);
});

it('names their revisions', () => {
  expect(provenIds(entries)).toEqual(['b', 'a']);
  expect(condemnedIds(entries)).toEqual(new Set(['c', 'd']));
});

it('a revision is proven by a deployment that completed since an instant, not by an earlier one', () => {
  const known = new FakeEntries('asg:web');
  known.prove('v1', '2026-11-22T02:00:00.000Z');
  known.condemn('v2', '2026-11-22T03:00:00.000Z');
  expect(isProvenIn(known.list, 'v1', '2026-11-22T01:59:00.000Z')).toBe(true);
  expect(isProvenIn(known.list, 'v1', '2026-11-22T02:01:00.000Z')).toBe(false);
  expect(isProvenIn(known.list, 'v2', '2026-11-22T01:00:00.000Z')).toBe(false);
});
