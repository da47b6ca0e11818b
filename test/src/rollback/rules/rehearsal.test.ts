import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Earlier } from '../../../../src/rollback/earlier.ts';
import type { Facts } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import type { Deployment, Plan, Ready } from '../../../../src/rollback/plan.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import * as given from '../judge-facts.ts';

const TAGS = { lastgood: 'auto', 'lastgood:rehearse': 'on' };
const by = { id: 'cli:1', at: given.at('03:04'), by: 'ada' } as const;
const BACK: Request = {
  target: given.TARGET,
  reason: 'game day',
  trigger: { type: 'rehearsal', ...by, way: 'back' },
};

/** The bad release of the other tests, a good one here: it runs, and is proven. */
const RUNS: Deployment = {
  ...given.DEPLOYMENT,
  state: 'completed',
  startedAt: given.at('01:00'),
  finishedAt: given.at('01:05'),
  isProven: true,
};
/** The way back has put the good revision in the place of the one that ran. */
const WENT_BACK: Deployment = {
  ...RUNS,
  id: 'deployment-back',
  revision: given.GOOD,
  startedAt: given.at('02:31'),
  finishedAt: given.at('02:33'),
  isRollback: true,
};
const WENT_FORWARD: Deployment = {
  ...RUNS,
  id: 'deployment-forward',
  startedAt: given.at('02:42'),
  finishedAt: given.at('02:44'),
};
/** What a pipeline deployed while the rehearsal was on its way. */
const RELEASE: Deployment = {
  ...given.omit(RUNS, 'finishedAt'),
  id: 'deployment-43',
  revision: { id: '43', name: 'checkout:43' },
  startedAt: given.at('02:36'),
};
const planOf = (changed: Partial<Ready> = {}, tags: object = {}): Ready =>
  given.planOf({ ...TAGS, ...tags }, { deployment: RUNS, inFlight: false, ...changed });

const judged = (changed: Partial<Facts> = {}) =>
  judge(
    given.facts({
      request: BACK,
      plan: planOf(),
      red: given.found<readonly string[]>([]),
      pause: given.found(null),
      ...changed,
    }),
    given.NOW,
  );

const rehearsed = (way: 'back' | 'forward', changed: Partial<Earlier> = {}): Earlier => ({
  execution: `rehearsal-${way}`,
  automatic: false,
  startedAt: given.at('02:30'),
  ended: { at: given.at('02:40'), as: 'rolled-back' },
  ...(way === 'back'
    ? { from: given.BAD.id, to: { id: given.GOOD.id, content: '41' }, deployment: 'deployment-back' }
    : { from: given.GOOD.id, to: { id: given.BAD.id, content: '42' }, after: 'rehearsal-back' }),
  rehearsal: way,
  ...changed,
});

describe('the way back of a rehearsal', () => {
  test('is taken where nothing speaks against it', () => {
    expect(judged()).toEqual({
      verdict: 'act',
      at: given.NOW,
      reasons: ['ada rehearses it: game day.'],
    });
  });

  const withoutDeployment = given.omit(planOf(), 'deployment');
  const refusals: [string, Partial<Facts>, RegExp][] = [
    ['it has no tag', { plan: planOf({ tags: { lastgood: 'auto' } }) }, /is not tagged lastgood:rehearse=on/],
    ['its tag says off', { plan: planOf({}, { 'lastgood:rehearse': 'off' }) }, /is not tagged/],
    ['it consents to no write', { plan: planOf({}, { lastgood: 'none' }) }, /is not opted in/],
    ['there is nothing to do', { plan: given.without('nothing-to-do', 'It runs.') }, /It runs/],
    ['there is no way back', { plan: given.without('no-way-back', 'None.') }, /There is no way back: None/],
    ['AWS goes back', { plan: { ...planOf(), state: 'join' } }, /AWS is going back to checkout:41 already/],
    ['no deployment is known', { plan: withoutDeployment }, /No deployment of it is known/],
    ['one is in flight', { plan: planOf({ deployment: { ...RUNS, state: 'in-flight' } }) }, /is in flight/],
    ['AWS rolls one back', { plan: planOf({ deployment: { ...RUNS, state: 'rolling-back' } }) }, /in flight/],
    ['the newest failed', { plan: planOf({ deployment: { ...RUNS, state: 'failed' } }) }, /failed/],
    ['the plan may stop one', { plan: planOf({ inFlight: true }) }, /A deployment is in flight/],
    [
      'what runs is not proven',
      { plan: planOf({ deployment: given.omit(RUNS, 'isProven') }) },
      /checkout:42, which runs, is not proven yet/,
    ],
    [
      'what it leads to is not proven',
      { plan: planOf({ source: 'deployments' }) },
      /checkout:41, .*not proven/,
    ],
    ['an alarm is red', { red: given.found(['checkout-5xx']) }, /In ALARM: checkout-5xx/],
    ['the alarms are unknown', { red: given.unknown('throttled') }, /is unknown: throttled/],
    [
      'it is set to another revision',
      { plan: planOf({ next: { id: '43', name: 'checkout:43' } }) },
      /It is set to checkout:43, which nothing runs yet/,
    ],
    ['a trigger came', { alsoTriggeredBy: [given.BY_ALARM] }, /A rollback was asked for: alarm/],
    [
      'Lastgood is paused',
      { pause: given.found({ paused: true, by: 'ada', because: 'sale' }) },
      /Lastgood is paused by ada: sale/,
    ],
    ['whether it is paused is unknown', { pause: given.unknown('denied') }, /paused is unknown/],
    ['it is frozen', { freeze: given.FREEZE }, /ada froze it \(sale\)/],
    [
      'a deployment began since it was asked for',
      { plan: planOf({ deployment: { ...RUNS, startedAt: given.at('03:06') } }) },
      /began after the rehearsal was asked for/,
    ],
    [
      'a rollback brought back what runs',
      { plan: planOf({ deployment: { ...RUNS, isRollback: true } }) },
      /never/,
    ],
    ['it is not cool', { earlier: [given.EARLIER] }, /The last rollback was/],
    ['what runs was condemned', { condemned: [given.BAD.id] }, /was condemned before/],
    [
      'what runs has a barrier',
      { plan: planOf({ fromTags: { 'lastgood:irreversible': 'x' } }) },
      /not reversible/,
    ],
    ['what it leads to was at fault', { condemned: [given.GOOD.id] }, /was at fault before/],
    ['the plan is in doubt', { plan: planOf({ doubt: 'It may be the same.' }) }, /It may be the same/],
    [
      'the last one has not gone forward',
      {
        plan: planOf({ deployment: WENT_BACK }),
        earlier: [rehearsed('back')],
      },
      /has not gone forward yet: npx --no-install lastgood rehearse ecs:prod\/checkout --forward/,
    ],
  ];
  test.each(refusals)('is refused where %s', (_, changed, because) => {
    const { verdict, reasons } = judged(changed);
    expect(verdict).toBe('skip');
    expect(reasons.join(' ')).toMatch(because);
  });

  test('is refused where the alarms were not read', () => {
    const facts = given.facts({ request: BACK, plan: planOf(), pause: given.found(null) });
    expect(judge(facts, given.NOW)).toMatchObject({
      verdict: 'skip',
      reasons: ['Whether an alarm of it is red is unknown.'],
    });
  });

  test('is only observed, or asked about, where the owner says so', () => {
    expect(judged({ plan: planOf({}, { lastgood: 'observe' }) })).toMatchObject({ verdict: 'observe' });
    expect(judged({ plan: planOf({}, { lastgood: 'approve' }) })).toMatchObject({ verdict: 'ask' });
    const two = planOf({}, { 'lastgood:approvals': '2' });
    expect(judged({ plan: two })).toMatchObject({
      verdict: 'ask',
      against: ['ada asked for it, and another person must agree (lastgood:approvals=2).'],
    });
    expect(judged({ plan: two, approved: { by: 'ada', toThisPlan: true } })).toMatchObject({
      verdict: 'ask',
    });
    expect(judged({ plan: two, approved: { by: 'bob', toThisPlan: true } })).toMatchObject({
      verdict: 'act',
    });
  });

  test('is taken after an earlier rehearsal, whatever its end', () => {
    const both = [rehearsed('forward'), rehearsed('back')];
    expect(judged({ earlier: both })).toMatchObject({ verdict: 'act' });
    const skipped = rehearsed('back', { ended: { at: given.at('02:31'), as: 'skipped' } });
    expect(judged({ earlier: [skipped] })).toMatchObject({ verdict: 'act' });
    expect(judged({ earlier: [rehearsed('back')] })).toMatchObject({ verdict: 'act' });
    // A release that came during the last one runs now, and is proven.
    const released = planOf({ deployment: { ...RUNS, startedAt: given.at('02:36') } });
    expect(judged({ earlier: [rehearsed('back')], plan: released })).toMatchObject({ verdict: 'act' });
  });
});

const FORWARD: Request = {
  ...BACK,
  revision: given.BAD.id,
  trigger: { type: 'rehearsal', ...by, way: 'forward', after: 'rehearsal-back' },
};
const forwardPlan = (changed: Partial<Ready> = {}, tags: object = {}): Ready =>
  planOf(
    { deployment: WENT_BACK, from: given.GOOD, to: given.BAD, source: 'request', ...changed },
    { 'lastgood:rehearse': 'off', ...tags },
  );
const forward = (changed: Partial<Facts> = {}) =>
  judged({ request: FORWARD, plan: forwardPlan(), earlier: [rehearsed('back')], ...changed });

describe('the way forward of a rehearsal', () => {
  test('returns what ran before, whatever is red, frozen or tagged since', () => {
    const disturbed = { red: given.found(['x']), freeze: given.FREEZE, alsoTriggeredBy: [given.BY_ALARM] };
    expect(forward(disturbed)).toEqual({
      verdict: 'act',
      at: given.NOW,
      reasons: [
        'ada rehearses it: game day.',
        'The rehearsal goes forward again to the revision that ran before it.',
      ],
    });
    expect(forward({ plan: forwardPlan({}, { lastgood: 'approve' }) })).toMatchObject({ verdict: 'act' });
    const dirty = rehearsed('back', { ended: { at: given.at('02:40'), as: 'failed-dirty' } });
    expect(forward({ earlier: [dirty] })).toMatchObject({ verdict: 'act' });
  });

  test('joins AWS, which goes forward already', () => {
    const { verdict, reasons } = forward({ plan: { ...forwardPlan(), state: 'join' } });
    expect([verdict, reasons.at(-1)]).toEqual(['act', 'AWS is already going back to checkout:42.']);
  });

  const refusals: [string, Partial<Facts>, RegExp][] = [
    ['there is nothing to do', { plan: given.without('nothing-to-do', 'It runs.') }, /It runs/],
    ['the target consents no more', { plan: forwardPlan({}, { lastgood: 'none' }) }, /is not opted in/],
    ['no way back is recorded', { earlier: [] }, /No way back of a rehearsal/],
    [
      'it names a way forward',
      { earlier: [rehearsed('forward', { execution: 'rehearsal-back' })] },
      /No way back/,
    ],
    [
      'it names none',
      { request: { ...FORWARD, trigger: { type: 'rehearsal', ...by, way: 'forward' } } },
      /No way/,
    ],
    ['it returns another', { request: { ...FORWARD, revision: 'another' } }, /must return the revision/],
    ['what ran is not recorded', { earlier: [given.omit(rehearsed('back'), 'from')] }, /must return/],
    [
      'a deployment followed',
      {
        plan: forwardPlan({
          deployment: { ...WENT_BACK, startedAt: given.at('02:50'), finishedAt: given.at('02:51') },
        }),
      },
      /checkout:41 was deployed since the rehearsal went back, and is left as it is/,
    ],
    [
      'a release began while it went back',
      { plan: forwardPlan({ deployment: { ...RELEASE, state: 'in-flight' } }) },
      /checkout:43 was deployed since/,
    ],
    [
      'another deployment took the place of the way back',
      { earlier: [rehearsed('back', { isOvertaken: true })] },
      /Another deployment took the place of the rehearsal, so what runs now is left as it is/,
    ],
    [
      'another deployment took the place of the last way forward',
      {
        earlier: [
          rehearsed('forward', { isOvertaken: true, ended: { at: given.at('02:45'), as: 'failed-dirty' } }),
          rehearsed('back'),
        ],
      },
      /took the place/,
    ],
    [
      'the target is set to another revision',
      { plan: forwardPlan({ next: RELEASE.revision }) },
      /checkout:43 was deployed since/,
    ],
    [
      'no deployment is known, and another revision runs',
      { plan: given.omit(forwardPlan({ from: RELEASE.revision }), 'deployment') },
      /checkout:43 was deployed since/,
    ],
  ];
  test.each(refusals)('is refused where %s', (_, changed, because) => {
    const { verdict, reasons } = forward(changed);
    expect([verdict, reasons.join(' ')]).toEqual(['skip', expect.stringMatching(because)]);
  });

  test('is taken again after a way forward that failed midway, whatever AWS made of it', () => {
    const tried = rehearsed('forward', {
      startedAt: given.at('02:41'),
      ended: { at: given.at('02:50'), as: 'failed-dirty' },
    });
    const failed: Deployment = { ...WENT_FORWARD, state: 'failed' };
    const rolledBack: Deployment = {
      ...WENT_BACK,
      ...{ id: 'deployment-forward#rollback', startedAt: given.at('02:44'), finishedAt: given.at('02:46') },
      revision: { id: 'another id of it', name: 'checkout:41' },
      content: '41',
    };
    for (const deployment of [failed, rolledBack])
      expect(
        forward({ earlier: [tried, rehearsed('back')], plan: forwardPlan({ deployment }) }),
      ).toMatchObject({ verdict: 'act' });
  });

  test('is taken where the way back changed only what starts next', () => {
    const plan = forwardPlan({ deployment: RUNS, next: given.GOOD });
    expect(forward({ plan })).toMatchObject({ verdict: 'act' });
  });

  test('never replaces anything but what the rehearsal put there', () => {
    const clock = (minute: number) => given.at(`02:${String(minute).padStart(2, '0')}`);
    const world = fc.record({
      id: fc.constantFrom('deployment-back', 'another'),
      revision: fc.constantFrom(given.GOOD, RELEASE.revision),
      content: fc.constantFrom(undefined, '41', '43'),
      // The way back ran from 02:30 to 02:40.
      minute: fc.integer({ min: 0, max: 59 }),
      next: fc.constantFrom(undefined, given.GOOD, RELEASE.revision),
      isOvertaken: fc.boolean(),
      isRecorded: fc.boolean(),
    });
    fc.assert(
      fc.property(world, ({ id, revision, content, minute, next, isOvertaken, isRecorded }) => {
        const found: Deployment = {
          ...given.omit(WENT_BACK, 'finishedAt'),
          ...{ id, revision, startedAt: clock(minute) },
          ...(content !== undefined && { content }),
        };
        const back = isRecorded ? rehearsed('back') : given.omit(rehearsed('back'), 'deployment');
        const plan = forwardPlan({ deployment: found, ...(next !== undefined && { next }) });
        const earlier = [{ ...back, ...(isOvertaken && { isOvertaken: true as const }) }];
        const isIts = revision === given.GOOD || content === '41' || (isRecorded && id === 'deployment-back');
        const isTaken = forward({ plan, earlier }).verdict === 'act';
        expect(isTaken).toBe(isIts && minute <= 40 && !isOvertaken && next !== RELEASE.revision);
      }),
      { numRuns: 500 },
    );
  });

  test('asks a person where what ran is in doubt', () => {
    expect(forward({ condemned: [given.BAD.id] })).toMatchObject({ verdict: 'ask' });
    expect(forward({ plan: forwardPlan({ doubt: 'It may be bad.' }) })).toMatchObject({ verdict: 'ask' });
    const unknown = given.omit(forwardPlan(), 'deployment');
    expect(forward({ plan: unknown })).toMatchObject({ verdict: 'act' });
  });
});

const OLDER: Deployment = {
  ...RUNS,
  id: 'deployment-41',
  revision: given.GOOD,
  content: '41',
  startedAt: given.at('00:10'),
  finishedAt: given.at('00:15'),
};
const RAN: Deployment = { ...RUNS, content: '42' };
const back: Deployment = { ...WENT_BACK, content: '41' };
const again: Deployment = {
  ...RAN,
  id: 'deployment-forward',
  startedAt: given.at('02:45'),
  finishedAt: given.at('02:47'),
};
const TWO_WAYS = [
  rehearsed('forward', {
    startedAt: given.at('02:44'),
    ended: { at: given.at('02:50'), as: 'rolled-back' },
  }),
  rehearsed('back'),
];
const alarmed = (recent: readonly Deployment[], changed: Partial<Facts> = {}, plan: Partial<Ready> = {}) => {
  const made: Plan = given.planOf({ lastgood: 'auto' }, { deployment: recent[0]!, recent, ...plan });
  return judge(given.facts({ plan: made, ...changed }), given.NOW);
};

describe('an alarm after a rehearsal', () => {
  test('goes back from a bad release as ever: the rehearsal counts for no cool-down and no loop', () => {
    const bad: Deployment = {
      ...given.DEPLOYMENT,
      content: '43',
      revision: { id: '43', name: 'checkout:43' },
    };
    const earlier = TWO_WAYS;
    expect(alarmed([bad, again, back, RAN, OLDER], { earlier })).toMatchObject({ verdict: 'act' });
    // The same with rollbacks in the place of the rehearsal.
    const rollbacks = TWO_WAYS.map((one) => given.omit(one, 'rehearsal'));
    expect(alarmed([bad, again, back, RAN, OLDER], { earlier: rollbacks })).toMatchObject({ verdict: 'ask' });
  });

  test('asks a person before it goes back from what ran well before', () => {
    const { verdict, reasons } = alarmed([again, back, RAN, OLDER], { earlier: TWO_WAYS });
    expect(verdict).not.toBe('act');
    expect(reasons).toContain(
      'A rehearsal deployed checkout:42 again, which ran well before it, so a person decides.',
    );
  });

  test('names the way forward to a person who asks to leave what the way back put there', () => {
    const plan = { from: given.GOOD, to: given.BAD };
    const asked = (earlier: Facts['earlier'], recent: readonly Deployment[], more: Partial<Ready> = {}) =>
      alarmed(recent, { earlier, request: given.BY_REQUEST }, more);
    const verdict = asked([rehearsed('back')], [back, RAN, OLDER], plan);
    expect(verdict).toMatchObject({
      afterRehearsal: true,
      against: [
        'A rehearsal put checkout:41 there. To go forward again: npx --no-install lastgood rehearse ecs:prod/checkout --forward.',
      ],
    });
    expect(verdict.verdict).toBe('act');
    // After the way forward the release of its owners runs.
    expect(asked(TWO_WAYS, [again, back, RAN, OLDER])).not.toHaveProperty('afterRehearsal');
  });

  test('goes back from the last known good, where it stayed there', () => {
    const plan = { from: given.GOOD, to: given.BAD };
    const since = { startedAt: given.at('02:59') };
    const late: Deployment = { ...back, startedAt: given.at('03:00'), finishedAt: given.at('03:01') };
    const earlier = [rehearsed('back', { ...since, ended: { at: given.at('03:03'), as: 'rolled-back' } })];
    // Nothing is measured here, so that a look follows before it acts.
    expect(alarmed([late, RAN, OLDER], { earlier }, plan)).toMatchObject({ verdict: 'look-again' });
    expect(alarmed([late, RAN, OLDER], {}, plan)).toMatchObject({ verdict: 'skip' });
  });

  test('that belongs to the last known good condemns nothing once the rehearsal has gone forward', () => {
    const onset = { at: given.at('02:35'), until: given.at('02:36') };
    const request = { ...given.BY_ALARM, trigger: { ...given.ALARM, onset } };
    const verdict = alarmed([again, back, RAN, OLDER], { request, earlier: TWO_WAYS });
    expect(verdict).toMatchObject({ verdict: 'skip' });
    expect(verdict).not.toHaveProperty('culprit');
    expect(verdict.reasons.join(' ')).toContain('A rehearsal has put checkout:42 in its place since then');
  });
});
