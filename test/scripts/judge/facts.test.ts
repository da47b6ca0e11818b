import { describe, expect, test } from 'vitest';
import { factsOf } from '../../../scripts/judge/facts.ts';
import { omit } from '../../src/rollback/judge-facts.ts';
import { FORMAT, readIncident, type WrittenLook } from '../../../scripts/judge/incident.ts';

const TARGET = 'ecs:prod/checkout';
const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;

type Alarm = WrittenLook['alarms'][number];

const RED: Alarm = {
  name: 'checkout-errors',
  type: 'metric',
  target: TARGET,
  relation: 'this',
  state: 'ALARM',
  history: [{ at: at('03:04'), from: 'OK', to: 'ALARM' }],
};

const other = (name: string, clock: string, more: Partial<Alarm> = {}): Alarm => ({
  ...RED,
  name,
  target: `ecs:prod/${name}`,
  relation: 'unknown',
  history: [{ at: at(clock), from: 'OK', to: 'ALARM' }],
  ...more,
});

const deployment = (number: number, clock: string, content: string) =>
  ({
    id: `deployment-${number}`,
    target: TARGET,
    relation: 'this',
    startedAt: at(clock),
    finishedAt: at(clock),
    state: 'completed',
    revision: { id: `revision-${number}`, name: `checkout:${number}`, content },
  }) as const;

const LOOK: WrittenLook = {
  id: 'one',
  target: { name: TARGET, tags: { lastgood: 'auto' } },
  trigger: { alarm: RED.name, at: at('03:04') },
  decidedAt: at('03:05'),
  alarms: [RED],
  deployments: [deployment(41, '01:00', 'a'), deployment(42, '03:00', 'b')],
  ledger: [{ revision: 'revision-41', state: 'proven', at: at('01:30') }],
  lastKnownGood: 'revision-41',
};

const factsIn = (look: Partial<WrittenLook> = {}) =>
  factsOf(readIncident({ format: FORMAT, ...LOOK, ...look }));

describe('an incident file', () => {
  test('without the history of its alarm leaves that unknown', () => {
    expect(factsIn().history).toMatchObject({ known: true });
    expect(factsIn({ alarms: [omit(RED, 'history')] }).history).toMatchObject({ known: false });
  });

  test('without a list leaves its facts unknown', () => {
    expect(factsIn()).not.toHaveProperty('changes');
    expect(factsIn()).not.toHaveProperty('stopped');
    expect(factsIn()).not.toHaveProperty('scaling');
    expect(factsIn({ changes: [], scaling: [] })).toMatchObject({ changes: { is: [] }, scaling: { is: [] } });
  });

  test('counts another target once, by its earliest turn, and no composite alarm', () => {
    const { others } = factsIn({
      alarms: [
        RED,
        other('search-latency', '03:03', { target: 'ecs:prod/search' }),
        other('search-errors', '03:02', { target: 'ecs:prod/search' }),
        other('all-of-search', '03:02', { type: 'composite', target: 'ecs:prod/all' }),
      ],
    });
    const onset = { at: at('03:00'), until: at('03:02'), estimated: true };
    expect(others).toEqual({
      known: true,
      is: [{ about: 'ecs:prod/search', isTarget: true, relation: 'unknown', at: at('03:02'), onset }],
    });
  });

  test('marks the deployments that were proven, and those that a rollback brought back', () => {
    const back = { ...deployment(43, '03:02', 'a'), isRollback: true };
    const { plan } = factsIn({ deployments: [...LOOK.deployments, back] });
    expect(plan.recent?.map(({ isProven = false, isRollback }) => [isProven, isRollback])).toEqual([
      [false, true],
      [false, false],
      [true, false],
    ]);
  });

  describe('where another deployment replaced the suspect', () => {
    const [old, bad] = [deployment(41, '01:00', 'a'), deployment(42, '02:50', 'b')];
    const planFor = (newest: typeof old, ledger: WrittenLook['ledger'], lastKnownGood: string | null) =>
      factsIn({ deployments: [old, bad, newest], ledger, lastKnownGood }).plan;
    const fix = deployment(43, '03:04', 'c');

    test.each([
      ['the revision proven before the suspect', LOOK.ledger, 'revision-42'],
      ['the last known good that ran before it', [], 'revision-41'],
    ])('leads back to %s', (_, ledger, good) => {
      expect(planFor(fix, ledger, good)).toMatchObject({ state: 'ready', to: { id: 'revision-41' } });
    });

    test.each([
      ['there is no last known good', LOOK.ledger, null],
      ['nothing was proven, and the last known good is the suspect', [], 'revision-42'],
    ])('leads nowhere when %s', (_, ledger, good) => {
      expect(planFor(fix, ledger, good)).toMatchObject({
        state: 'no-way-back',
        suspect: { id: 'revision-42' },
      });
    });

    test('has no way back if it is the suspect once more', () => {
      expect(planFor(deployment(43, '03:04', 'b'), [], null).state).toBe('no-way-back');
    });
  });
});
