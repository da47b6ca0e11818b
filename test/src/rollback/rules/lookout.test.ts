import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import type { LookoutTrigger, Request } from '../../../../src/rollback/request.ts';
import type { Verdict } from '../../../../src/rollback/verdict.ts';
import {
  at,
  BAD,
  DEPLOYMENT,
  EARLIER,
  facts,
  FREEZE,
  NOW,
  planOf,
  TARGET,
  withoutDeployment,
} from '../judge-facts.ts';

const SAW = '13 of 35 probes failed.';
const trigger = (more: Partial<LookoutTrigger> = {}): LookoutTrigger => ({
  ...{ type: 'lookout', id: 'deployment-42 lookout', at: at('03:04') },
  ...{ deployment: DEPLOYMENT.id, revision: BAD.id, since: at('03:02'), by: 'control', saw: [SAW] },
  ...more,
});
const accusing = (more: Partial<LookoutTrigger> = {}): Request => ({
  target: TARGET,
  reason: 'the lookout accuses checkout:42',
  trigger: trigger(more),
});
/** The tag lets the lookout act, unless a test says otherwise. */
const verdict = (changed: Partial<Facts> = {}, more: Partial<LookoutTrigger> = {}, lookout = 'act') => {
  const all = facts({ request: accusing(more), takenUpAt: NOW, ...changed });
  const tags = { ...all.plan.tags, 'lastgood:lookout': lookout };
  return judge({ ...all, plan: { ...all.plan, tags } }, NOW);
};

/** The verdict's word and that some reason says so. */
function expectIt(actual: Verdict, word: Verdict['verdict'], reason: RegExp): void {
  expect(actual.reasons.join(' ')).toMatch(reason);
  expect(actual.verdict).toBe(word);
}

describe('an accusation', () => {
  test.each(['control', 'persistence'] as const)(
    'by %s is acted on, and the verdict says what was seen',
    (by) => {
      const actual = verdict({}, { by });
      expectIt(actual, 'act', /The lookout accuses the deployment of checkout:42, which has hurt since/);
      expect(actual.reasons).toContain(SAW);
    },
  );

  test('is skipped once another deployment is the newest, or none is known', () => {
    const newer = planOf(undefined, { deployment: { ...DEPLOYMENT, id: 'deployment-43' } });
    expectIt(verdict({ plan: newer }), 'skip', /accuses an earlier deployment, and the newest is/);
    expectIt(verdict({}, { revision: 'revision-40' }), 'skip', /the newest is that of checkout:42/);
    expectIt(verdict({ plan: withoutDeployment() }), 'skip', /No deployment of .* is known any more/);
  });

  test('is skipped once the tag does not let the lookout act, but for a question at a pause', () => {
    for (const lookout of ['observe', 'off'])
      expectIt(
        verdict({}, {}, lookout),
        'skip',
        /tag lastgood:lookout of ecs:prod\/checkout is not act any more/,
      );
    expect(verdict({}, { doubt: true }, 'observe').verdict).toBe('ask');
  });

  test('that is old asks', () => {
    const takenUpAt = at('04:30');
    expectIt(verdict({ takenUpAt }), 'ask', /The lookout accused checkout:42 86 minutes before/);
  });

  test('that cannot say asks, at a pause', () => {
    const actual = verdict({}, { doubt: true, saw: ['Nothing speaks against it yet.'] });
    expectIt(actual, 'ask', /waits at a pause, and the lookout cannot say whether it is good/);
    expect(actual.reasons).toContain('Nothing speaks against it yet.');
  });
});

describe('every rule of the judge holds for an accusation:', () => {
  test('a target that observes is observed', () => {
    expectIt(verdict({ plan: planOf({ lastgood: 'observe' }) }), 'observe', /observe/);
  });

  test('a target of which a person approves asks', () => {
    expectIt(verdict({ plan: planOf({ lastgood: 'approve' }) }), 'ask', /approve/);
  });

  test('a target without the tag is never acted on', () => {
    expect(verdict({ plan: planOf({}) }).verdict).not.toBe('act');
  });

  test('a freeze asks', () => {
    expectIt(verdict({ freeze: FREEZE }), 'ask', /sale/);
  });

  test('a rollback an hour ago asks', () => {
    expect(verdict({ earlier: [EARLIER] }).verdict).toBe('ask');
  });

  test('a barrier asks', () => {
    const plan = planOf(undefined, { fromTags: { 'lastgood:irreversible': 'schema 12' } });
    expectIt(verdict({ plan }), 'ask', /irreversible|schema 12/);
  });

  test('a storm asks, unless the older side was well at the same time', () => {
    expect(verdict({ isInStorm: true }, { by: 'persistence' }).verdict).toBe('ask');
    expect(verdict({ isInStorm: true }, { by: 'control' }).verdict).toBe('act');
  });
});

describe('a way back that alarms of its deployment would end', () => {
  const plan = { ...planOf(), undoneBy: ['checkout-5xx'] } as Facts['plan'];

  test('waits for two looks until one of them is red', () => {
    const waiting = verdict({ plan, undoingRed: [] });
    expectIt(waiting, 'look-again', /Alarm checkout-5xx has not turned yet/);
    expect(verdict({ plan, undoingRed: [], looks: 1 }).verdict).toBe('look-again');
    expect(verdict({ plan, undoingRed: [], looks: 2 }).verdict).toBe('act');
  });

  test('does not wait where one is red, or it is not known', () => {
    expect(verdict({ plan, undoingRed: ['checkout-5xx'] }).verdict).toBe('act');
    expect(verdict({ plan }).verdict).toBe('act');
  });

  test('does not wait for any other trigger', () => {
    expect(judge(facts({ plan, undoingRed: [] }), NOW).verdict).toBe('act');
  });
});
