import { expect, it } from 'vitest';
import { lastKnownGood } from '../../../src/ledger/last-known-good.ts';
import { FakeEntries } from '../../fakes/ledger.ts';

const back = { id: 'v1', name: 'v1' };

/** Entries of a target with the revisions `v1`, `v2` and `v3`, proven one after the other. */
function provenThrice(): FakeEntries {
  const known = new FakeEntries('ecs:prod/app');
  known.prove('v1', '2026-11-22T00:00:00.000Z', 'one');
  known.prove('v2', '2026-11-22T01:00:00.000Z', 'two');
  known.prove('v3', '2026-11-22T02:00:00.000Z', 'three');
  return known;
}

it('is the newest proven revision', () => {
  expect(lastKnownGood(provenThrice().list, null, false)?.revision.id).toBe('v3');
  expect(lastKnownGood([], null, false)).toBeNull();
});

it('is no revision that was condemned before or after it was proven', () => {
  const known = provenThrice();
  known.condemn('v3');
  expect(lastKnownGood(known.list, null, false)?.revision.id).toBe('v2');
  known.prove('v3', '2026-11-22T04:00:00.000Z', 'three');
  expect(lastKnownGood(known.list, null, false)?.revision.id).toBe('v2');
});

it('is no revision that has the content of a condemned one under another id', () => {
  const known = provenThrice();
  known.condemn('v4', '2026-11-22T03:00:00.000Z', 'three');
  expect(lastKnownGood(known.list, null, false)?.revision.id).toBe('v2');
  known.condemn('v5', '2026-11-22T03:01:00.000Z');
  expect(lastKnownGood(known.list, null, false)?.revision.id).toBe('v2');
});

it('is what a rollback goes back to where the newest proven revision is at fault', () => {
  const known = provenThrice();
  expect(lastKnownGood(known.list, { back }, true)?.revision.id).toBe('v1');
  expect(lastKnownGood(known.list, { back }, false)?.revision.id).toBe('v3');
  expect(lastKnownGood(known.list, { back: null }, true)?.revision.id).toBe('v3');
  known.condemn('v1');
  expect(lastKnownGood(known.list, { back }, true)).toBeNull();
});
