import { describe, expect, test } from 'vitest';
import { readDays } from '../../../scripts/lastgood/history/history.ts';
import { toJson, toText } from '../../../scripts/lastgood/history/text.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { LookoutTrigger } from '../../../src/rollback/request.ts';

const TARGET = 'ecs:prod/checkout';
const AT = '2026-11-22T03:00:00.000Z';
const record: RollbackRecord = {
  target: TARGET,
  execution: 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:ecs-1',
  startedAt: AT,
  request: { target: TARGET, reason: 'it hurts' },
  alsoTriggeredBy: [],
  automatic: true,
  from: 'r2',
  to: 'r1',
  outcome: { state: 'rolled-back', at: AT, reason: 'checkout:1\nruns again', advice: [] },
};
const entries: readonly Entry[] = [
  {
    state: 'condemned',
    target: TARGET,
    revision: { id: 'r2', name: 'checkout:2' },
    condemnedAt: AT,
    evidence: ['the alarm turned'],
    execution: 'x',
  },
  {
    state: 'observed',
    target: TARGET,
    deployment: 'd1',
    completedAt: AT,
    soakUntil: AT,
  },
];

describe('the history', () => {
  test('names the revisions that the ledger knows, and shows the id of others', () => {
    const [head, row] = toText({ records: [record], entries, target: null }).split('\n');
    expect(head).toMatch(/^STARTED +TARGET +OUTCOME +FROM +TO +EXECUTION +REASON$/);
    expect(row?.split(/ {2,}/)).toEqual([
      '2026-11-22 03:00',
      TARGET,
      'rolled-back',
      'checkout:2',
      'r1',
      'ecs-1',
      'checkout:1 runs again',
    ]);
  });

  test("of one target has the ledger's decisions", () => {
    const found = { records: [], entries, target: TARGET };
    expect(toText(found)).toMatch(
      /^No rollback began.*\n\nDECIDED.*\n2026-11-22 03:00 {2}checkout:2 {2}condemned {2}the alarm/s,
    );
    expect(toJson(found)).toEqual({
      rollbacks: [],
      revisions: [
        { id: 'r2', name: 'checkout:2', state: 'condemned', at: AT, evidence: ['the alarm turned'] },
      ],
    });
  });

  test('of all targets has rollbacks only, and no outcome of a running one', () => {
    const running: RollbackRecord = { ...record };
    delete (running as { outcome?: unknown }).outcome;
    const found = { records: [running], entries, target: null };
    expect(toText(found)).toMatch(/ running /);
    const waiting = (waitsFor: 'answer' | 'pause') => ({ ...found, records: [{ ...running, waitsFor }] });
    expect(toText(waiting('answer'))).toMatch(/ waits for an answer /);
    expect(toText(waiting('pause'))).toMatch(/ paused /);
    expect(toJson(waiting('pause'))).toMatchObject({ rollbacks: [{ waitsFor: 'pause' }] });
    expect(toText(found)).not.toContain('DECIDED');
    expect(toJson(found)).toEqual({
      rollbacks: [expect.objectContaining({ execution: 'ecs-1', outcome: null, reason: 'it hurts' })],
    });
  });

  test('says the likely cause where the evidence named one', () => {
    const cause = { cause: 'crash', says: 'Container app exits with code 1.' } as const;
    const explained = { ...record, outcome: { ...record.outcome!, cause } };
    const found = { records: [explained], entries, target: TARGET };
    expect(toText(found)).toContain('runs again Likely cause: Container app exits with code 1.\n');
    expect(toJson(found)).toMatchObject({ rollbacks: [{ outcome: { cause } }] });
  });

  test('says what a lookout saw that started a rollback', () => {
    const trigger: LookoutTrigger = {
      ...({ type: 'lookout', id: 'x', at: AT, deployment: 'd', revision: 'r2' } as const),
      ...({ since: AT, by: 'control' } as const),
      saw: ['3 tasks crashed.', 'None did before.'],
    };
    const seen = { ...record, request: { ...record.request, trigger } };
    const found = { records: [seen, record], entries, target: TARGET };
    expect(toText(found)).toMatch(/runs again The lookout saw: 3 tasks crashed\. None did before\.\n/);
    expect(toJson(found)).toMatchObject({ rollbacks: [{ saw: trigger.saw }, { saw: null }] });
  });

  test.each(['0', '401', '1.5', 'x', ''])('refuses %s days', (text) => {
    expect(() => readDays(text)).toThrow(/^--days/);
  });
});
