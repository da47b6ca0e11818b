import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLUES, type ClueName } from '../../../src/rollback/clues/all.ts';
import { blameIn } from '../../../src/rollback/clues/weigh.ts';
import { sceneOf } from '../../../src/rollback/clues/scene.ts';
import { WEIGHTS } from '../../../src/rollback/clues/weights.ts';
import type { Facts, Measured } from '../../../src/rollback/facts.ts';
import { isThere } from '../../../src/rollback/course.ts';
import { judge } from '../../../src/rollback/judge.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { isOlderThan, suspicionAmong, wasGoneBackFrom } from '../../../src/rollback/suspect.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import { aDayBefore, along, factsOf, meter, NOW, V41, V42 } from './clues/night.ts';
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

test('a target without lastgood=auto is never rolled back without a person', () => {
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

/** Nights of checkout with everything that may be known of them: what hurts, on both sides, what it depends on, others. */
const night = fc.record({
  deployedAt: fc.integer({ min: 60, max: 182 }),
  share: fc.double({ min: 0.06, max: 0.9, noNaN: true }),
  load: fc.double({ min: 0.5, max: 2, noNaN: true }),
  dependency: fc.option(fc.integer({ min: 165, max: 184 })),
  others: fc.integer({ min: 0, max: 7 }),
  failed: fc.integer({ min: 0, max: 4 }),
  changedAt: fc.option(fc.integer({ min: 170, max: 184 })),
  over: fc.boolean(),
  looks: fc.integer({ min: 0, max: 2 }),
});
type Night = typeof night extends fc.Arbitrary<infer T> ? T : never;

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const moment = (minute: number) => given.at(clock(minute));

function factsIn(one: Night): Facts {
  const requests = along('00:00', (minute) => Math.round(1000 * (minute >= 181 ? one.load : 1)));
  const failing = (minute: number) => minute >= 182 && !(one.over && minute >= 185);
  const errors = along('00:00', (minute) =>
    failing(minute) ? Math.round((requests.values[minute] ?? 0) * one.share) : null,
  );
  const slow = along('00:00', (minute) => (minute >= (one.dependency ?? 999) ? 2 : 0.1));
  const stopped = Array.from({ length: one.failed }, () => ({
    at: moment(184),
    revision: given.BAD.id,
    failed: true,
  }));
  const changes =
    one.changedAt === null
      ? []
      : [{ at: moment(one.changedAt), kind: 'flag', subject: 'tax', relation: 'this' } as const];
  return factsOf(
    {
      measured: [meter('requests', requests), meter('errors', errors), meter('latency', slow, DEPENDENCY)],
      recent: [{ ...V42, startedAt: moment(one.deployedAt) }, V41],
    },
    {
      others: given.found(given.red(...Array.from({ length: one.others }, (_, k) => `other-${k}`))),
      stopped: given.found(stopped),
      changes: given.found(changes),
      scaling: given.found([]),
      otherDeployments: given.found([]),
      looks: one.looks,
    },
  );
}
const DEPENDENCY = { relation: 'dependency' } as const;

/** Evidence against the deployment, one clue each, made stronger. */
const strongerAgainst: Record<string, (one: Night, facts: Facts) => Facts> = {
  'a surge of load': (one) => factsIn({ ...one, load: Math.max(one.load * 1.5, 1.8) }),
  'more others in alarm': (one) => factsIn({ ...one, others: Math.max(one.others, 7) }),
  'others in alarm beyond chance': (one) => factsIn({ ...one, others: 12 }),
  // Before the release, or too long after it to be overloaded by it.
  'a dependency that fails as the nearer cause': (one) =>
    factsIn({ ...one, dependency: one.deployedAt > 176 ? one.deployedAt - 3 : 183 }),
  'a flag that it reads, changed with it': (one) => factsIn({ ...one, changedAt: 182 }),
  'harm that is over': (one) => factsIn({ ...one, over: true }),
  'tasks of what ran before that fail': (_, facts) => ({
    ...facts,
    stopped: given.found(
      ['1', '2', '3'].map(() => ({ at: moment(184), revision: given.GOOD.id, failed: true })),
    ),
  }),
  'a scale-in just before': (_, facts) => ({
    ...facts,
    scaling: given.found([{ at: moment(178), from: 10, to: 4 }]),
  }),
  'a dependency deployed just before': (_, facts) => ({
    ...facts,
    otherDeployments: given.found([
      { target: 'ecs:prod/stock', relation: 'dependency', startedAt: moment(181) },
    ]),
  }),
  'an alarm that comes and goes': (_, facts) => ({
    ...facts,
    history: given.found([
      ...(facts.history.known ? facts.history.is : []),
      ...['00:05', '00:10', '00:15'].flatMap((turn) => [
        given.turned(turn, 'OK', 'ALARM'),
        given.turned(turn, 'ALARM', 'OK'),
      ]),
    ]),
  }),
  'errors of one zone': (_, facts) =>
    withMeasured(facts, [
      meter(
        'errors',
        along('00:00', (minute) => (minute >= 182 ? 300 : 1)),
        { zone: 'eu-west-1a' },
      ),
      meter(
        'errors',
        along('00:00', () => 1),
        { zone: 'eu-west-1b' },
      ),
    ]),
  'the same hour yesterday': (_, facts) =>
    withMeasured(facts, [
      meter('requests', aDayBefore(along('00:00', () => 1000, '03:30')), { yesterday: true }),
      meter('errors', aDayBefore(along('00:00', (minute) => (minute >= 182 ? 900 : 0), '03:30')), {
        yesterday: true,
      }),
    ]),
  'content that ran before': (_, facts) => withSuspect(facts, { content: 'v41' }),
};

function withMeasured(facts: Facts, more: readonly Measured[]): Facts {
  return {
    ...facts,
    measured: given.found([...(facts.measured?.known === true ? facts.measured.is : []), ...more]),
  };
}

function withSuspect(facts: Facts, changed: Partial<Deployment>): Facts {
  const recent = facts.plan.recent?.map((one, at) => (at === 0 ? { ...one, ...changed } : one));
  return { ...facts, plan: { ...facts.plan, ...(recent && { recent }) } };
}

test.each(Object.entries(strongerAgainst))('%s never makes a verdict milder', (_, stronger) => {
  fc.assert(
    fc.property(night, (one) => {
      const facts = factsIn(one);
      const [before, after] = [judge(facts, NOW), judge(stronger(one, facts), NOW)];
      expect(strictness(after)).toBeGreaterThanOrEqual(strictness(before));
    }),
    { numRuns: 150 },
  );
});

test('what cannot be read speaks for neither: the verdict is as if nothing had been found', () => {
  fc.assert(
    fc.property(night, (one) => {
      const facts = factsIn(one);
      for (const name of ['stopped', 'changes', 'scaling', 'otherDeployments'] as const) {
        const hidden = judge({ ...facts, [name]: given.unknown('denied') }, NOW);
        expect(hidden).toEqual(judge({ ...facts, [name]: given.found([]) }, NOW));
      }
    }),
    { numRuns: 50 },
  );
});

describe('weights', () => {
  const names = Object.keys(CLUES) as ClueName[];

  test('are never negative', () => {
    expect(Object.keys(WEIGHTS).toSorted()).toEqual(names.toSorted());
    for (const name of names) expect(WEIGHTS[name]).toBeGreaterThanOrEqual(0);
  });

  test('move the confidence in the direction of their clue, and only in that', () => {
    const weights = fc.record(
      Object.fromEntries(names.map((name) => [name, fc.double({ min: 0, max: 5, noNaN: true })])),
    ) as unknown as fc.Arbitrary<Record<ClueName, number>>;
    fc.assert(
      fc.property(night, weights, fc.constantFrom(...names), (one, some, name) => {
        const scene = sceneOf(factsIn(one), NOW);
        fc.pre(scene !== null);
        const without = blameIn(scene, { base: 0, weights: { ...some, [name]: 0 } }).confidence;
        const with_ = blameIn(scene, { base: 0, weights: some }).confidence;
        if (CLUES[name].speaks === 'for') expect(with_).toBeGreaterThanOrEqual(without);
        else expect(with_).toBeLessThanOrEqual(without);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what was deployed since the harm began', () => {
  const state = fc.constantFrom(
    'in-flight' as const,
    'completed' as const,
    'failed' as const,
    'rolling-back' as const,
  );
  const deployments = fc
    .array(
      fc.record({
        minute: fc.integer({ min: 60, max: 187 }),
        content: fc.option(fc.constantFrom('v1', 'v2', 'v3', 'v4'), { nil: undefined }),
        state,
        isRollback: fc.boolean(),
        takes: fc.integer({ min: 0, max: 10 }),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((all) =>
      all
        .toSorted((one, other) => other.minute - one.minute)
        .map(({ minute, content, takes, ...one }, at): Deployment => {
          const id = `deployment-${all.length - at}`;
          return {
            ...one,
            id,
            startedAt: moment(minute),
            finishedAt: moment(minute + takes),
            revision: { id: `of ${id}`, name: id },
            ...(content !== undefined && { content }),
          };
        }),
    );
  const onset = { at: moment(182), until: moment(183) };

  test('is never undone without a person', () => {
    fc.assert(
      fc.property(deployments, fc.integer({ min: 0, max: 2 }), (recent, looks) => {
        const facts = factsOf({ recent }, { looks });
        const scene = sceneOf(facts, NOW);
        fc.pre(scene !== null && scene.later.some(isThere));
        expect(judge(facts, NOW).verdict).not.toBe('act');
      }),
      { numRuns: 1000 },
    );
  });

  test('is never undone where it began after the onset, whatever the suspect', () => {
    fc.assert(
      fc.property(deployments, (recent) => {
        const newest = recent.find(isThere);
        fc.pre(newest !== undefined && Date.parse(newest.startedAt) >= Date.parse(onset.until));
        expect(judge(factsOf({ recent }), NOW).verdict).not.toBe('act');
      }),
      { numRuns: 1000 },
    );
  });

  test('is never gone back to: nothing is that first appeared after the suspect began', () => {
    fc.assert(
      fc.property(deployments, (recent) => {
        const suspicion = suspicionAmong(recent, onset);
        fc.pre(suspicion !== null);
        const { suspect, later } = suspicion;
        for (const { content } of later) {
          const before = recent.some(
            (one) => one.content === content && Date.parse(one.startedAt) < Date.parse(suspect.startedAt),
          );
          const wasLeft = content !== undefined && wasGoneBackFrom(content, suspect, recent);
          if (content !== undefined) expect(isOlderThan(content, suspect, recent)).toBe(before && !wasLeft);
        }
        if (suspect.content !== undefined) {
          const earlier = recent.filter((one) => Date.parse(one.startedAt) < Date.parse(suspect.startedAt));
          const isOld = earlier.some(({ content }) => content === suspect.content);
          expect(isOlderThan(suspect.content, suspect, recent)).toBe(isOld);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
