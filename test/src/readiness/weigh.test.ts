import { describe, expect, it } from 'vitest';
import type { Checking, Kept } from '../../../src/readiness/document.ts';
import type { Finding, Severity } from '../../../src/readiness/finding.ts';
import { notRead } from '../../../src/readiness/not-read.ts';
import { readyWith, scoreOf, trendOf, worstFirst } from '../../../src/readiness/score.ts';
import { weigh, type Weighing } from '../../../src/readiness/weigh.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import { AT, ready as plan, request } from '../rollback/documents.ts';

const found = (severity: Severity, id = severity): Finding => ({ id, severity, says: 'S.', cure: 'C.' });
const tags = { lastgood: 'auto' };
const checking: Checking = {
  kind: 'ecs',
  request,
  planned: { is: { ...plan, tags, source: 'ledger' } },
  examined: { is: { findings: [] } },
};
const weighing: Weighing = {
  ...{ checking, execution: 'this', stored: null, measurements: [], shared: [], now: AT },
};
const idsOf = ({ findings }: Kept) => findings.map(({ id }) => id);

describe('a check', () => {
  it('without findings is ready, with a full score', () => {
    expect(weigh(weighing)).toMatchObject({
      ...{ ready: 'yes', score: 100, trend: 'first', findings: [], past: [] },
      way: { rung: plan.rungs[0].name, from: plan.from.name, to: plan.to.name },
    });
  });

  it.each([
    [{}, 'has no tag lastgood'],
    [{ lastgood: 'observe' }, 'lastgood=observe'],
  ])('of a target with the tags %o is not opted in', (own, says) => {
    const planned = { is: { ...plan, tags: own, source: 'ledger' as const } };
    const weighed = weigh({ ...weighing, checking: { ...checking, planned } });
    expect(idsOf(weighed)).toEqual(['not-opted-in']);
    expect(weighed.findings[0]?.says).toContain(says);
  });

  it('says that there is no way back, or that it was never proven', () => {
    const none = { is: { state: 'no-way-back', at: AT, tags, reason: 'nothing is proven' } } as const;
    const weighed = weigh({ ...weighing, checking: { ...checking, planned: none } });
    expect([idsOf(weighed), weighed.way, weighed.ready]).toEqual([['no-way-back'], null, 'no']);
    const unproven = { is: { ...plan, tags, source: 'deployments' as const } };
    expect(idsOf(weigh({ ...weighing, checking: { ...checking, planned: unproven } }))).toEqual([
      'not-proven',
    ]);
  });

  it('says that a stack would undo a rollback, and one that it undoes now', () => {
    const owned = { ...tags, 'aws:cloudformation:stack-name': 'shop' };
    const deployment = { id: 'd', startedAt: AT, revision: plan.to, isRollback: true };
    const stackOf = (...recent: Plan['recent'] & object) => {
      const planned = { is: { ...plan, tags: owned, source: 'ledger' as const, recent } };
      return weigh({ ...weighing, checking: { ...checking, planned } }).findings.map(({ says }) => says);
    };
    const later = [expect.stringMatching(/reverts drift, would undo a rollback\.$/)];
    expect(stackOf()).toEqual(later);
    expect(stackOf({ ...deployment, state: 'completed', isRollback: false })).toEqual(later);
    expect(stackOf({ ...deployment, state: 'failed' })).toEqual(later);
    expect(stackOf({ ...deployment, state: 'completed' })).toEqual([
      expect.stringMatching(/brought back to checkout:41: .* reverts drift, would undo that\.$/),
    ]);
  });

  it('is unknown where the plan or the examination failed', () => {
    const error = { Error: 'Throttled', Cause: JSON.stringify({ errorMessage: 'Rate exceeded' }) };
    const { planned, ...unplanned } = checking;
    const { examined, ...unexamined } = checking;
    expect([planned, examined]).not.toContain(undefined);
    for (const one of [unplanned, unexamined]) {
      const weighed = weigh({ ...weighing, checking: { ...one, error } });
      expect([idsOf(weighed), weighed.ready]).toEqual([['not-checked'], 'unknown']);
      expect(weighed.findings[0]?.says).toContain('Throttled: Rate exceeded');
      expect(weighed.score).toBe(one === unplanned ? 0 : 80);
    }
    expect(idsOf(weigh({ ...weighing, checking: unexamined }))).toEqual(['not-checked']);
  });

  it('is not ready where the target cannot be planned at all', () => {
    const { kind, request: asked } = checking;
    const error = { Error: 'UnsupportedTarget', Cause: '{"errorMessage":"there is no such service"}' };
    const gone = { kind, request: asked, error };
    const before = { ...weigh(weighing), execution: 'before', ready: 'no', score: 0 } as const;
    const weighed = weigh({ ...weighing, checking: gone, stored: before });
    expect(idsOf(weighed)).toEqual(['no-way-back']);
    expect(weighed).toMatchObject({ ready: 'no', score: 0, trend: 'same' });
    expect(weighed.findings[0]?.cure).toMatch(/^None is needed where the target was deleted/);
    const wrong = { ...gone, error: { ...error, Error: 'InvalidTag' } };
    expect(weigh({ ...weighing, checking: wrong }).findings[0]?.cure).toBe('Correct what the reason names.');
  });

  it('is compared with the one before, and a retry with the one before that', () => {
    const first = weigh({ ...weighing, execution: 'first' });
    const worse = { ...weighing, shared: [found('slows')], stored: first };
    const second = weigh(worse);
    expect([second.trend, second.score, second.past.length]).toEqual(['worse', 90, 1]);
    expect(weigh({ ...worse, stored: second })).toEqual(second);
    expect(weigh({ ...weighing, execution: 'third', stored: second }).trend).toBe('better');
  });
});

describe('a score', () => {
  it('falls by what is found, and never below 0', () => {
    const all = (['blocks', 'unknown', 'slows', 'risks'] as const).map((one) => found(one));
    expect(all.map((one) => scoreOf([one]))).toEqual([40, 80, 90, 95]);
    expect(scoreOf([...all, ...all])).toBe(0);
    expect(all.map((one) => readyWith([one]))).toEqual(['no', 'unknown', 'yes', 'yes']);
    expect(worstFirst(all.toReversed())).toEqual(all);
  });

  it.each([
    ['yes', 100, 'yes', 95, 'same'],
    ['yes', 100, 'yes', 90, 'worse'],
    ['yes', 90, 'yes', 100, 'better'],
    ['unknown', 80, 'no', 100, 'worse'],
    ['no', 40, 'unknown', 40, 'same'],
    ['unknown', 40, 'yes', 40, 'better'],
  ] as const)('%s %i, then %s %i: %s', (before, was, ready, score, trend) => {
    expect(trendOf({ ready, score }, { ready: before, score: was })).toBe(trend);
  });
});

describe('what cannot be read', () => {
  it('names a denied call, and any other error', () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    expect(notRead('the policy', denied)).toMatchObject({
      severity: 'unknown',
      says: 'The policy could not be read (AccessDeniedException).',
    });
    expect(notRead('the policy', denied).cure).toContain('boundary');
    expect(notRead('the policy', 'odd').cure).not.toContain('boundary');
  });
});
