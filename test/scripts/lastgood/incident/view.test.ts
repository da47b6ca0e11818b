import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { pastIn, type Judged } from '../../../../scripts/lastgood/incident/past.ts';
import { isUntouched, viewOf } from '../../../../scripts/lastgood/incident/view.ts';
import { BY_DEPLOYMENT, BY_HAND } from '../../../src/rollback/judge-facts.ts';
import { ALARM, at, BY_ALARM, judged, NOW } from './checkout.ts';

const LATER = at('03:08');
const unsure = judged({ verdict: 'look-again' });
const sure = judged({ verdict: 'skip', at: LATER });

function exited(name: string, document: unknown): HistoryEvent {
  return {
    id: 1,
    type: 'TaskStateExited',
    timestamp: new Date(NOW),
    stateExitedEventDetails: { name, output: JSON.stringify(document) },
  };
}

function entered(name: string, clock: string): HistoryEvent {
  return {
    id: 1,
    type: 'TaskStateEntered',
    timestamp: new Date(at(clock)),
    stateEnteredEventDetails: { name, input: '{}' },
  };
}

const past = (...looks: readonly Judged[]) => ({ judged: looks, touchedAt: null });

describe('the history of an execution', () => {
  test('holds the document as Judge left it, each time', () => {
    const events = [exited('Plan', { plan: 1 }), exited('Judge', unsure), exited('Judge', sure)];
    expect(pastIn(events)).toEqual({ judged: [unsure, sure], touchedAt: null });
  });

  test.each(['Stop', 'Revert'])('marks %s as a state that may have written', (name) => {
    const { touchedAt } = pastIn([
      entered('Judge', '03:04'),
      entered(name, '03:05'),
      entered('Revert', '03:06'),
    ]);
    expect(touchedAt).toBe(at('03:05'));
    const story = { judged: [], touchedAt };
    expect([isUntouched(story, at('03:04')), isUntouched(story, at('03:05'))]).toEqual([true, false]);
  });
});

describe('a view of an execution', () => {
  test('holds all looks until one is sure', () => {
    const afterQuestion = judged({ at: at('03:18') });
    expect(viewOf(past(unsure, sure, afterQuestion)).looks).toEqual([unsure, sure]);
    expect(viewOf(past(unsure)).looks).toEqual([unsure]);
    expect(viewOf(past(sure, afterQuestion)).looks).toEqual([sure]);
  });

  test('holds the later trigger that decided, with the last look', () => {
    const other = { ...BY_ALARM, trigger: { ...ALARM, alarm: 'checkout-latency' } };
    const decided = judged({ at: LATER, decidedBy: other });
    expect(viewOf(past(unsure, decided))).toEqual({ request: other, looks: [decided] });
  });

  test('needs a verdict', () => {
    expect(() => viewOf(past())).toThrow(/before it was judged/);
  });

  test.each([BY_HAND, BY_DEPLOYMENT])('needs an alarm that decided: $reason', (request) => {
    expect(() => viewOf(past({ ...sure, request }))).toThrow(/no alarm/);
    expect(() => viewOf(past({ ...sure, verdict: { ...sure.verdict, decidedBy: request } }))).toThrow(
      /no alarm/,
    );
  });
});
