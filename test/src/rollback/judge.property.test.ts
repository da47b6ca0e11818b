import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from '../../../src/rollback/facts.ts';
import { judge } from '../../../src/rollback/judge.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import * as given from './judge-facts.ts';

const instant = fc
  .integer({ min: -600, max: 60 })
  .map((minutes) => new Date(Date.parse(given.NOW) + minutes * 60_000).toISOString());
const state = fc.constantFrom('OK' as const, 'ALARM' as const, 'INSUFFICIENT_DATA' as const);
const maybe = <T>(known: fc.Arbitrary<T>) =>
  fc.oneof(known.map(given.found), fc.constant(given.unknown('throttled')));
const tags = fc.record(
  {
    lastgood: fc.constantFrom('auto', 'approve', 'observe', 'none'),
    'lastgood:silence': fc.constantFrom('go', 'stay'),
    'lastgood:window': fc.integer({ min: 1, max: 240 }).map(String),
    'lastgood:cooldown': fc.integer({ min: 0, max: 1440 }).map(String),
  },
  { requiredKeys: [] },
);
const deployment = fc.record({
  id: fc.constant('deployment-42'),
  state: fc.constantFrom(
    'in-flight' as const,
    'completed' as const,
    'failed' as const,
    'rolling-back' as const,
  ),
  startedAt: instant,
  finishedAt: instant,
  revision: fc.constant(given.BAD),
  isRollback: fc.boolean(),
});
const fromTags = fc.oneof(fc.constant({}), fc.constant({ 'lastgood:irreversible': 'yes' }));
const plan = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(tags, deployment, fromTags)
      .map(([of, one, from]) => given.planOf(of, { deployment: one, fromTags: from })),
  },
  fc.constant(given.withoutDeployment()),
  tags.map(given.joinOf),
  fc
    .constantFrom('nothing-to-do' as const, 'no-way-back' as const)
    .map((as) => given.without(as, 'So it is.')),
);
const request = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(instant, state)
      .map(([at, previously]) => ({ ...given.BY_ALARM, trigger: { ...given.ALARM, at, previously } })),
  },
  fc.constantFrom(given.BY_HAND, given.BY_REQUEST, given.BY_DEPLOYMENT),
);
const earlier = fc.record({ execution: fc.constant('earlier'), automatic: fc.boolean(), startedAt: instant });
const anything: fc.Arbitrary<Facts> = fc.record({
  request,
  plan,
  takenUpAt: fc.constant(given.NOW),
  history: maybe(fc.array(fc.record({ at: instant, from: state, to: state }), { maxLength: 6 })),
  others: maybe(fc.array(fc.string(), { maxLength: 8 }).map((names) => given.red(...names))),
  condemned: fc.subarray([given.BAD.id, given.GOOD.id]),
  earlier: fc.array(earlier, { maxLength: 3 }),
  freeze: fc.constantFrom(null, given.FREEZE),
});
const strictness = ({ verdict }: Verdict) => ['act', 'look-again', 'ask', 'observe', 'skip'].indexOf(verdict);
const holdsFor = (rule: (facts: Facts) => void) => fc.assert(fc.property(anything, rule), { numRuns: 1000 });

test('every verdict has its reasons, whole sentences', () => {
  holdsFor((facts) => {
    const { reasons } = judge(facts, given.NOW);
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z0-9a-z].*\.$/s);
  });
});

test('whoever did not say auto is never rolled back without a person', () => {
  holdsFor((facts) => {
    fc.pre(facts.plan.state !== 'join' && facts.plan.tags['lastgood'] !== 'auto');
    expect(judge(facts, given.NOW).verdict).not.toBe('act');
  });
});

test('a target that is not opted in is only ever looked at', () => {
  holdsFor((facts) => {
    const mode = facts.plan.tags['lastgood'] ?? 'none';
    fc.pre(mode === 'none' || mode === 'observe');
    expect(['observe', 'skip']).toContain(judge(facts, given.NOW).verdict);
  });
});

test('an automatic rollback of a frozen target never acts without a person', () => {
  holdsFor((facts) => {
    fc.pre(facts.freeze !== null && facts.plan.state !== 'join');
    fc.pre(facts.request.trigger?.type === 'alarm' || facts.request.trigger?.type === 'deployment');
    const verdict = judge(facts, given.NOW);
    expect(verdict.verdict).not.toBe('act');
    expect('onSilence' in verdict ? verdict.onSilence : 'stay').toBe('stay');
  });
});

test('an automatic rollback never undoes a rollback', () => {
  holdsFor((facts) => {
    fc.pre(facts.plan.state === 'ready' && facts.plan.deployment?.isRollback === true);
    fc.pre(facts.request.trigger?.type === 'alarm' || facts.request.trigger?.type === 'deployment');
    expect(judge(facts, given.NOW).verdict).toBe('skip');
  });
});

const worsenings: Record<string, (facts: Facts) => Facts> = {
  'a history that cannot be read': (facts) => ({ ...facts, history: given.unknown('denied') }),
  'other alarms that cannot be read': (facts) => ({ ...facts, others: given.unknown('denied') }),
  'many others in alarm': (facts) => {
    const at = facts.request.trigger?.at ?? given.NOW;
    return {
      ...facts,
      others: given.found(given.red('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h').map((one) => ({ ...one, at }))),
    };
  },
  'a condemned revision': (facts) => ({ ...facts, condemned: [given.BAD.id, given.GOOD.id] }),
  'a rollback just before': (facts) => ({
    ...facts,
    earlier: [
      ...facts.earlier,
      { ...given.EARLIER, startedAt: given.NOW, ended: { at: given.NOW, as: 'rolled-back' } },
    ],
  }),
  'a forged alarm': ({ request: asked, ...facts }) => ({
    ...facts,
    request:
      asked.trigger?.type === 'alarm'
        ? { ...asked, trigger: { ...asked.trigger, forged: 'it looks so' } }
        : asked,
  }),
  'a freeze': (facts) => ({ ...facts, freeze: given.FREEZE }),
  'a barrier': ({ plan: planned, ...facts }) => ({
    ...facts,
    plan: 'fromTags' in planned ? { ...planned, fromTags: { 'lastgood:irreversible': 'yes' } } : planned,
  }),
};

test.each(Object.entries(worsenings))('%s never turns a verdict into act', (what, worsen) => {
  holdsFor((facts) => {
    const before = judge(facts, given.NOW);
    const after = judge(worsen(facts), given.NOW);
    if (before.verdict !== 'act') expect(after.verdict).not.toBe('act');
    // What cannot be read may take away the ground on which it was skipped, and then a person is asked.
    if (!what.includes('cannot be read'))
      expect(strictness(after)).toBeGreaterThanOrEqual(strictness(before));
  });
});
