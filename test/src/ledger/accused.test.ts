import { expect, it } from 'vitest';
import { accusedIn } from '../../../src/ledger/accused.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';

const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
const UNANSWERED = 'No answer came in time, and silence means stay.';

function proven(id: string, clock: string): Entry {
  const revision = { id, name: `checkout:${id}` };
  const entry = { state: 'proven', target: 'ecs:prod/checkout', revision, completedAt: at('01:00') };
  return { ...entry, provenAt: at(clock), evidence: [] } as Entry;
}

function record(from: string | undefined, reason: string | null, others: Partial<RollbackRecord> = {}) {
  const outcome =
    reason === null ? {} : { outcome: { state: 'skipped', at: at('03:00'), reason, advice: [] } };
  const request = { target: 'ecs:prod/checkout', reason: 'x' };
  const of = {
    target: request.target,
    execution: 'one',
    startedAt: at('02:50'),
    request,
    alsoTriggeredBy: [],
  };
  return {
    ...of,
    automatic: true,
    ...(from !== undefined && { from }),
    ...outcome,
    ...others,
  } as RollbackRecord;
}

const accused = (...records: readonly RollbackRecord[]) =>
  accusedIn([proven('2', '02:30'), proven('3', '03:30')], records);

it('a proven revision about which no decision followed is accused', () => {
  expect(accused(record('2', UNANSWERED))).toEqual([{ revision: '2', at: at('03:00') }]);
  expect(accused(record('2', 'Only observed. It hurts.'))).toHaveLength(1);
});

it.each<[string, RollbackRecord]>([
  ['was proven again since', record('3', UNANSWERED)],
  ['was never proven', record('4', UNANSWERED)],
  ['was cleared by the judge', record('2', 'It was a dependency.')],
  ['was put to a person, who said No', record('2', 'ada decided not to go back.')],
  ['is accused in a rollback that runs', record('2', null)],
  ['was not named', record(undefined, UNANSWERED)],
  ['was what a person asked to leave', record('2', UNANSWERED, { automatic: false })],
])('one that %s is not', (_, one) => {
  expect(accused(one)).toEqual([]);
});
