import { describe, expect, test } from 'vitest';
import { InvalidTag } from '../../../src/rollback/errors.ts';
import type { Facts } from '../../../src/rollback/facts.ts';
import { judge } from '../../../src/rollback/judge.ts';
import { NO_REASON, type Request } from '../../../src/rollback/request.ts';
import { after } from '../../../src/rollback/time.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import {
  ALARM,
  BAD,
  BY_ALARM,
  BY_DEPLOYMENT,
  BY_HAND,
  BY_REQUEST,
  DEPLOYMENT,
  EARLIER,
  GOOD,
  NOW,
  TARGET,
  at,
  facts,
  found,
  joinOf,
  omit,
  planOf,
  red,
  turned,
  unknown,
  without,
  withoutDeployment,
} from './judge-facts.ts';

const verdict = (changed: Partial<Facts> = {}) => judge(facts(changed), NOW);
const deployed = (changed: Partial<typeof DEPLOYMENT>) =>
  planOf(undefined, { deployment: { ...DEPLOYMENT, ...changed } });
const alarmed = (changed: Partial<typeof ALARM>) => ({ ...BY_ALARM, trigger: { ...ALARM, ...changed } });

/** The verdict's word and that some reason says so. */
function expectIt(actual: Verdict, word: Verdict['verdict'], reason: RegExp): void {
  expect(actual.reasons.join(' ')).toMatch(reason);
  expect(actual).toMatchObject({ verdict: word, at: NOW });
}

describe('an alarm that turned shortly after a deployment began', () => {
  test('is acted on, and the verdict says why', () => {
    expect(verdict()).toEqual({
      verdict: 'act',
      at: NOW,
      reasons: [
        'Alarm checkout-5xx turned 4 minutes after the deployment of checkout:42 began.',
        'Alarm checkout-5xx was quiet before the deployment began.',
        'The measurements accuse the deployment of checkout:42 (88 %).',
        'The harm began 3 minutes after the deployment of checkout:42, less than 1 % likely by chance.',
      ],
      since: { at: at('02:59'), until: at('03:04'), estimated: true },
      confidence: 0.88,
    });
  });

  test('is skipped when there is nothing to do', () => {
    expectIt(verdict({ plan: without('nothing-to-do', 'The plan says so.') }), 'skip', /The plan says so\./);
  });

  test('is judged like any other when there is no way back', () => {
    expectIt(verdict({ plan: without('no-way-back', 'Nothing was ever proven.') }), 'act', /4 minutes after/);
  });
});

describe('opt in', () => {
  test.each([{}, { lastgood: 'none' }])('no tag, no act: %j', (tags) => {
    expectIt(verdict({ plan: planOf(tags) }), 'skip', /not opted in/);
  });

  test('a skip names a tag that is nearly the right one', () => {
    expectIt(verdict({ plan: planOf({ Lastgood: 'auto' }) }), 'skip', /Its tag "Lastgood" is another key/);
  });

  test('a reason for going back is not listed against it', () => {
    expect(verdict({ request: BY_REQUEST, plan: planOf({ lastgood: 'approve' }) })).toMatchObject({
      reasons: [expect.stringMatching(/lastgood=approve/), expect.stringMatching(/asked for it/)],
      against: [expect.stringMatching(/lastgood=approve/)],
    });
  });

  test('observe says what would have been done', () => {
    const answer = verdict({ plan: planOf({ lastgood: 'observe' }) });
    expectIt(answer, 'observe', /lastgood=observe.*turned 4 minutes after/);
  });

  test('observe says that Lastgood would have asked', () => {
    expectIt(
      verdict({ plan: planOf({ lastgood: 'observe' }), request: alarmed({ forged: 'no datapoints' }) }),
      'observe',
      /set by hand/,
    );
  });

  test('approve asks, for as long as the tags say', () => {
    const plan = planOf({ lastgood: 'approve', 'lastgood:countdown': '3', 'lastgood:silence': 'go' });
    expect(verdict({ plan })).toMatchObject({ verdict: 'ask', countdownSeconds: 180, onSilence: 'go' });
  });

  test('silence is no answer to a question that doubt raised', () => {
    const plan = planOf({ lastgood: 'approve', 'lastgood:silence': 'go' });
    expect(verdict({ plan, history: unknown('access denied') })).toMatchObject({
      verdict: 'ask',
      onSilence: 'stay',
    });
  });

  test('a value out of its range is an error that names the tag', () => {
    expect(() => verdict({ plan: planOf({ lastgood: 'auto', 'lastgood:window': '241' }) })).toThrow(
      InvalidTag,
    );
  });
});

describe('did the deployment cause the harm?', () => {
  test.each([
    ['03:09', 'act', /turned 4 minutes after/],
    ['03:10', 'skip', /turned 6 minutes before Lastgood learned of it/],
  ] as const)('an alarm of 03:04 whose execution starts at %s: %s', (takenUpAt, word, reason) => {
    expectIt(verdict({ takenUpAt: at(takenUpAt) }), word, reason);
  });

  const late = { takenUpAt: at('03:20'), history: found([turned('03:04', 'OK', 'ALARM')]) };

  test('an alarm whose event Lambda held for a quarter of an hour is judged like any other while it is still red', () => {
    const alarm = found({ state: 'ALARM', since: at('03:04') } as const);
    expect(verdict({ ...late, alarm })).toMatchObject({ verdict: 'act' });
    expectIt(verdict({ ...late, takenUpAt: at('03:25'), alarm }), 'skip', /turned 21 minutes before/);
  });

  test.each([
    [{ state: 'OK' }, 'skip', /16 minutes before Lastgood learned of it, and it has not been red ever since/],
    [{ state: 'ALARM', since: at('03:12') }, 'skip', /not been red ever since/],
    [{ state: 'ALARM' }, 'skip', /not been red ever since/],
  ] as const)('an alarm that arrives late and is now %j: %s', (alarm, word, reason) => {
    expectIt(verdict({ ...late, alarm: found(alarm) }), word, reason);
  });

  test('an alarm that arrives late and cannot be read asks', () => {
    expectIt(verdict({ ...late, alarm: unknown('throttled') }), 'ask', /still red is unknown: throttled/);
  });

  test('the age of an alarm is counted until its execution starts: retries do not age it', () => {
    expect(judge(facts(), at('03:20')).verdict).toBe('act');
  });

  test('an alarm that may have been set by hand asks', () => {
    expectIt(
      verdict({ request: alarmed({ forged: 'it names no datapoints' }) }),
      'ask',
      /set by hand: it names no datapoints/,
    );
  });

  test('an alarm whose datapoints do not fit its settings asks', () => {
    const alarm = found({ state: 'ALARM', setByHand: 'its threshold is 1' } as const);
    expectIt(verdict({ alarm }), 'ask', /checkout-5xx may have been set by hand: its threshold is 1/);
  });

  test('no deployment known: skip', () => {
    expectIt(verdict({ plan: withoutDeployment() }), 'skip', /no deployment of ecs:prod\/checkout is known/);
  });

  test('a deployment that began only after the alarm turned: skip', () => {
    expectIt(
      verdict({ plan: deployed({ startedAt: at('03:05') }) }),
      'skip',
      /turned 1 minute before the deployment/,
    );
  });

  test.each([
    ['22T02:03', 'look-again', undefined],
    ['22T02:02', 'skip', undefined],
    ['22T02:32', 'skip', '30'],
    ['22T02:33', 'look-again', '30'],
    ['21T23:02', 'skip', '240'],
    ['21T23:03', 'look-again', '240'],
  ] as const)(
    'harm since 03:03, a deployment that ended at %s: %s (window %s)',
    (finishedAt, word, window) => {
      const tags = { lastgood: 'auto', ...(window !== undefined && { 'lastgood:window': window }) };
      const deployment = {
        ...DEPLOYMENT,
        state: 'completed' as const,
        startedAt: '2026-11-21T22:55:00.000Z',
        finishedAt: `2026-11-${finishedAt}:00.000Z`,
      };
      expect(verdict({ plan: planOf(tags, { deployment }) }).verdict).toBe(word);
    },
  );

  test('a deployment that is still in flight is near, however long ago it began', () => {
    const plan = deployed({ startedAt: '2026-11-21T03:00:00.000Z' });
    expectIt(verdict({ plan }), 'look-again', /turned 1444 minutes after/);
  });

  test('an alarm that was red when the deployment began: skip', () => {
    const [request, history] = [alarmed({ previously: 'ALARM' }), found([turned('02:50', 'OK', 'ALARM')])];
    expectIt(verdict({ request, history }), 'skip', /was red already/);
    expect(verdict({ request, history })).toHaveProperty('setAside', ['checkout-5xx']);
  });

  test('an alarm that was red when the deployment began, and OK for two minutes since then: ask', () => {
    const history = found([
      turned('02:50', 'OK', 'ALARM'),
      turned('03:01', 'ALARM', 'OK'),
      turned('03:04', 'OK', 'ALARM'),
    ]);
    expectIt(verdict({ history }), 'ask', /was red when .* began, was OK since then, and turned again/);
    expect(verdict({ history })).not.toHaveProperty('setAside');
    const after = (clock: string, to: 'OK' | 'INSUFFICIENT_DATA' = 'OK') =>
      verdict({ history: found([turned('02:50', 'OK', 'ALARM'), turned(clock, 'ALARM', to)]) });
    expectIt(after('03:02'), 'ask', /and turned again/);
    expectIt(after('03:03'), 'skip', /was red already/);
    expectIt(after('03:01', 'INSUFFICIENT_DATA'), 'skip', /was red already/);
    const over = found([turned('02:50', 'OK', 'ALARM'), turned('03:05', 'ALARM', 'OK')]);
    expectIt(
      verdict({ request: alarmed({ previously: 'ALARM' }), history: over }),
      'skip',
      /was red already/,
    );
  });

  test('an alarm that was quiet before it, or may be flapping, is not set aside', () => {
    const flapping = found([turned('02:40', 'OK', 'ALARM'), turned('02:50', 'ALARM', 'OK')]);
    for (const history of [found([]), flapping]) expect(verdict({ history })).not.toHaveProperty('setAside');
  });

  test('red at its beginning, in the history only by the change after it: ask', () => {
    expectIt(verdict({ history: found([turned('03:01', 'ALARM', 'OK')]) }), 'ask', /and turned again/);
  });

  test('an alarm that turned red at the very moment the deployment began was red already', () => {
    expectIt(verdict({ history: found([turned('03:00', 'OK', 'ALARM')]) }), 'skip', /was red already/);
  });

  test('an alarm that was red a while before the deployment may be flapping: ask', () => {
    const history = found([
      turned('02:30', 'OK', 'ALARM'),
      turned('02:40', 'ALARM', 'OK'),
      turned('03:04', 'OK', 'ALARM'),
    ]);
    expectIt(verdict({ history }), 'ask', /may be flapping/);
  });

  test('an alarm that was red long before the deployment was quiet', () => {
    const history = found([
      turned('01:30', 'OK', 'ALARM'),
      turned('01:40', 'ALARM', 'OK'),
      turned('03:04', 'OK', 'ALARM'),
    ]);
    expect(verdict({ history }).verdict).toBe('act');
  });

  test('a turn that is not in the history yet is known from the trigger', () => {
    expect(verdict({ history: found([]) }).verdict).toBe('act');
    expectIt(
      verdict({ history: found([]), request: alarmed({ previously: 'INSUFFICIENT_DATA' }) }),
      'ask',
      /had no state/,
    );
  });

  test('a suppressed composite alarm that goes from ALARM to ALARM is judged by its history', () => {
    expectIt(
      verdict({
        request: alarmed({ previously: 'ALARM' }),
        history: found([turned('03:02', 'OK', 'ALARM')]),
      }),
      'act',
      /was quiet/,
    );
    expectIt(
      verdict({ request: alarmed({ previously: 'ALARM' }), history: found([]) }),
      'skip',
      /was red already/,
    );
  });

  test('a fact that cannot be read never speaks for acting', () => {
    expectIt(verdict({ history: unknown('AccessDenied') }), 'ask', /unknown: AccessDenied/);
    expectIt(verdict({ others: unknown('AccessDenied') }), 'ask', /unknown: AccessDenied/);
    const bare = omit(ALARM, 'previously');
    expectIt(verdict({ history: found([]), request: { ...BY_ALARM, trigger: bare } }), 'ask', /had no state/);
  });

  test('some others that alarm at the same time make it unsure', () => {
    expect(verdict({ others: found(red('a', 'b')) }).verdict).toBe('act');
    expectIt(
      verdict({ others: found(red('a', 'b', 'c', 'd', 'e', 'f', 'g')) }),
      'look-again',
      /7 others turned to alarm at the same time, among them a\./,
    );
  });

  test('many others that alarm at the same time ask at once', () => {
    expectIt(
      verdict({ others: found(red('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')) }),
      'ask',
      /9 unrelated others .*\(a, b, c, d, e, f, g, h\).*common cause/,
    );
    expect(verdict({ others: found(red('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')) }).verdict).toBe('ask');
  });

  test.each([
    ['five minutes before', -300, true],
    ['five minutes after', 300, true],
    ['more than five minutes before', -301, false],
    ['more than five minutes after', 301, false],
  ])('others that alarmed %s are at the same time or not: %i seconds', (_, seconds, isSame) => {
    const others = red('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h').map((one) => ({
      ...one,
      at: after(ALARM.at, seconds),
    }));
    const { reasons } = verdict({ others: found(others) });
    expect(reasons.some((reason) => reason.startsWith('8 unrelated others'))).toBe(isSame);
  });
});

describe('where the cause is unsure', () => {
  const unsure = { others: found(red('a', 'b', 'c', 'd', 'e', 'f', 'g')) };

  test.each([0, 1])('after %i looks another is taken before a person is asked', (looks) => {
    // A later look acts from a lower confidence on, so the doubt is greater there.
    const plan = deployed({ startedAt: at(looks === 0 ? '03:00' : '02:45') });
    expect(verdict({ ...unsure, plan, looks })).toMatchObject({
      verdict: 'look-again',
      lookAgainInSeconds: 150,
      looks: looks + 1,
      since: { at: at('02:59') },
      confidence: expect.any(Number) as number,
    });
  });

  test('a person is asked at the last look', () => {
    const plan = deployed({ startedAt: at('02:45') });
    const words = /Whether the deployment of checkout:42 is the cause is uncertain/;
    expectIt(verdict({ ...unsure, plan, looks: 2 }), 'ask', words);
    expectIt(verdict({ ...unsure, plan, isLastLook: true }), 'ask', words);
    expect(verdict({ ...unsure, plan, looks: 2 })).toMatchObject({ onSilence: 'stay' });
  });

  test('a person is asked at once where there is no way back: time does not bring one', () => {
    expect(verdict({ ...unsure, plan: without('no-way-back', 'None.') }).verdict).toBe('ask');
  });

  test('a person is asked at once where something else needs one', () => {
    const request = alarmed({ forged: 'it names no datapoints' });
    expect(verdict({ ...unsure, request }).verdict).toBe('ask');
  });
});

describe('a deployment that AWS reports as failed', () => {
  test('is acted on', () => {
    expectIt(verdict({ request: BY_DEPLOYMENT }), 'act', /ecs-svc\/42 failed: tasks failed to start/);
  });

  test('and was followed by a newer one is skipped', () => {
    expectIt(
      verdict({ request: BY_DEPLOYMENT, plan: deployed({ startedAt: at('03:05') }) }),
      'skip',
      /a newer one/,
    );
  });

  test.each([
    ['03:34', 30],
    ['04:04', 60],
  ])('is acted on at %s, %d minutes later', (clock) => {
    expect(verdict({ request: BY_DEPLOYMENT, takenUpAt: at(clock) }).verdict).toBe('act');
  });

  test.each([
    ['04:03', 'act'],
    ['03:06', 'act'],
    ['03:07', 'skip'],
  ])('is judged by the window of its tag: at %s', (clock, is) => {
    const tags = { 'lastgood:window': clock === '04:03' ? '59' : '2' };
    expect(
      verdict({
        request: BY_DEPLOYMENT,
        takenUpAt: at(clock),
        plan: { ...deployed({}), tags: { lastgood: 'auto', ...tags } },
      }).verdict,
    ).toBe(is);
  });

  test('long ago is skipped', () => {
    expectIt(verdict({ request: BY_DEPLOYMENT, takenUpAt: at('04:05') }), 'skip', /failed 61 minutes ago/);
  });

  test('and was a way back is not undone without a person, though the revision before is proven', () => {
    const back = { ...DEPLOYMENT, content: 'v41', state: 'failed' as const };
    const left = {
      ...DEPLOYMENT,
      id: 'left',
      content: 'v42',
      startedAt: at('02:40'),
      isProven: true as const,
    };
    const first = { ...DEPLOYMENT, id: 'first', content: 'v41', startedAt: at('01:00') };
    const plan = planOf(undefined, { deployment: back, recent: [back, left, first] });
    expectIt(
      verdict({ request: BY_DEPLOYMENT, plan }),
      'ask',
      /^checkout:42 was a way back from checkout:42, so a person decides\. Deployment ecs-svc\/42 failed/,
    );
    const recent = [back, left, { ...first, content: 'v40' }];
    expect(verdict({ request: BY_DEPLOYMENT, plan: { ...plan, recent } }).verdict).toBe('act');
    expect(verdict({ request: BY_HAND, plan }).verdict).toBe('act');
  });

  test('gives a reason that is one sentence, however AWS ends its own', () => {
    const request = {
      ...BY_DEPLOYMENT,
      trigger: { ...BY_DEPLOYMENT.trigger!, reason: 'tasks failed to start.' },
    };
    expect(verdict({ request }).reasons).toEqual(['Deployment ecs-svc/42 failed: tasks failed to start.']);
  });

  test('does not depend on any alarm', () => {
    const nothing = { history: unknown('not asked'), others: unknown('not asked') };
    expect(verdict({ request: BY_DEPLOYMENT, ...nothing }).verdict).toBe('act');
  });
});

describe('a tool sent an alert', () => {
  const alert = (clock: string): Request => ({
    target: TARGET,
    reason: 'the alert CheckoutErrors fires',
    trigger: { type: 'request', id: 'alertmanager:1', at: at(clock), by: 'alertmanager', automatic: true },
  });

  test('near a deployment: acted on, as an alarm would be', () => {
    expectIt(verdict({ request: alert('03:04') }), 'act', /The alert of alertmanager turned 4 minutes after/);
  });

  test('without a deployment near: skipped', () => {
    expectIt(verdict({ request: alert('02:59') }), 'skip', /before the deployment of checkout:42 began/);
    expectIt(verdict({ request: alert('03:04'), plan: withoutDeployment() }), 'skip', /no deployment/);
  });

  test('is not an operator: a rollback is not rolled back for it', () => {
    expectIt(
      verdict({ request: alert('03:04'), plan: deployed({ isRollback: true }) }),
      'skip',
      /rolled back automatically/,
    );
  });
});

describe('an operator or a tool asked', () => {
  test.each([
    ['by hand', BY_HAND, /An operator started it by hand: customers call/],
    ['by an event', BY_REQUEST, /ada asked for it: customers call/],
    ['by an event without a reason', { ...BY_REQUEST, reason: NO_REASON }, /ada asked for it\./],
  ])('%s: no alarm has to prove the need', (_how, request, reason) => {
    expectIt(verdict({ request, plan: withoutDeployment(), history: unknown('not asked') }), 'act', reason);
  });

  test.each([BY_HAND, BY_REQUEST])('and opt in, rollbacks and barriers hold all the same', (request) => {
    expectIt(verdict({ request, plan: planOf({}) }), 'skip', /not opted in/);
    expectIt(
      verdict({ request, plan: deployed({ isRollback: true }) }),
      'ask',
      /never rolled back automatically/,
    );
    expectIt(
      verdict({ request, plan: planOf(undefined, { fromTags: { 'lastgood:irreversible': 'schema 42' } }) }),
      'ask',
      /schema 42/,
    );
  });

  test('for a way back that may bring the fault back: ask', () => {
    const plan = planOf(undefined, { doubt: 'The image stays' });
    expectIt(verdict({ request: BY_REQUEST, plan }), 'ask', /The image stays\./);
    expect(verdict({ request: BY_REQUEST }).verdict).toBe('act');
  });

  test('for a revision that was at fault before: ask', () => {
    expectIt(
      verdict({ request: BY_REQUEST, condemned: [GOOD.id] }),
      'ask',
      /checkout:41, the revision to go back to, was at fault before/,
    );
  });
});

test('for a proven revision that was accused without a decision: ask', () => {
  const accused = [{ revision: GOOD.id, at: '2026-11-22T02:00:00.000Z' }];
  expectIt(
    verdict({ accused }),
    'ask',
    /checkout:41, the revision to go back to, was accused itself\. That rollback ended undecided at /,
  );
  expect(verdict({ accused: [{ ...accused[0]!, revision: BAD.id }] }).verdict).toBe('act');
});

describe('no loops', () => {
  test('a rollback is never rolled back', () => {
    expectIt(
      verdict({ plan: deployed({ isRollback: true }) }),
      'skip',
      /^A rollback brought back checkout:42, and a rollback is never/,
    );
    expectIt(
      verdict({ plan: deployed({ isRollback: true }), request: BY_DEPLOYMENT }),
      'skip',
      /^A rollback brought back/,
    );
  });

  test('a revision that was condemned and is back asks', () => {
    expectIt(verdict({ condemned: [BAD.id] }), 'ask', /was condemned before, so a person decides/);
    expectIt(
      verdict({ earlier: [{ ...EARLIER, from: BAD.id, ended: { at: at('00:00'), as: 'failed-dirty' } }] }),
      'ask',
      /was rolled back before and is deployed again/,
    );
  });

  test('a suspect that was rolled back before, and replaced since then, is not said to be deployed again', () => {
    const suspect = { id: 'revision-43', name: 'checkout:43' };
    const deployment = { ...DEPLOYMENT, startedAt: at('03:02') };
    const recent = [deployment, { ...DEPLOYMENT, id: 'deployment-43', revision: suspect }];
    const plan = { ...planOf(undefined, { deployment, recent }), suspect };
    const earlier = [
      { ...EARLIER, from: 'revision-43', ended: { at: at('00:00'), as: 'failed-dirty' as const } },
    ];
    for (const request of [BY_ALARM, BY_DEPLOYMENT])
      expectIt(
        verdict({ request, plan, earlier }),
        'ask',
        /checkout:43 was rolled back before, so a person decides/,
      );
  });

  test('a condemned content that is registered again asks', () => {
    const before = {
      ...DEPLOYMENT,
      id: 'deployment-40',
      startedAt: at('00:00'),
      revision: { id: 'revision-40', name: 'checkout:40' },
      content: 'bad',
    };
    const anew = { ...DEPLOYMENT, content: 'bad' };
    const plan = planOf(undefined, { deployment: anew, recent: [anew, before] });
    expectIt(
      verdict({ plan, condemned: ['revision-40'] }),
      'ask',
      /was condemned before, so a person decides/,
    );
    const other = planOf(undefined, { deployment: anew, recent: [anew, { ...before, content: 'good' }] });
    expect(verdict({ plan: other, condemned: ['revision-40'] }).verdict).toBe('act');
  });

  test.each([
    ['ended 35 minutes ago', EARLIER, 'ask'],
    ['ended without a report', { execution: 'e', automatic: true, startedAt: at('02:20') }, 'ask'],
    ['ended long ago', { ...EARLIER, ended: { at: at('02:04'), as: 'rolled-back' as const } }, 'act'],
    ['changed nothing', { ...EARLIER, ended: { at: at('02:30'), as: 'skipped' as const } }, 'act'],
    ['was asked for', { ...EARLIER, automatic: false }, 'ask'],
  ])('after a rollback that %s', (_what, earlier, word) => {
    expect(verdict({ earlier: [earlier] }).verdict).toBe(word);
  });

  test('a rollback that has no end yet is not said to be over', () => {
    const earlier = [{ execution: 'e', automatic: true, startedAt: at('02:20') }];
    expect(verdict({ earlier }).reasons).toContain(
      'The last rollback has not ended and began 45 minutes earlier; within 60 minutes a person decides.',
    );
  });

  test('a rollback that an operator asked for may follow another one', () => {
    const earlier = [{ ...EARLIER, automatic: false }];
    expect(verdict({ request: BY_REQUEST, earlier }).verdict).toBe('act');
  });

  test.each([
    ['before it', '02:56', 'act'],
    ['at its very beginning', '02:57', 'ask'],
    ['at its very end', '03:00', 'ask'],
    ['after it', '03:01', 'act'],
  ] as const)(
    'a deployment during a rollback that an operator asked for is not undone: %s',
    (_when, began, word) => {
      const ended = { at: at('03:00'), as: 'failed-dirty' as const };
      const earlier = [{ ...EARLIER, automatic: false, startedAt: at('02:57'), ended }];
      const deployment = { ...DEPLOYMENT, startedAt: at(began) };
      const plan = planOf({ lastgood: 'auto', 'lastgood:cooldown': '0' }, { deployment });
      expect(verdict({ plan, earlier }).verdict).toBe(word);
      expect(verdict({ plan, earlier, request: BY_REQUEST }).verdict).toBe('act');
      const skipped = earlier.map((one) => ({ ...one, ended: { ...one.ended, as: 'skipped' as const } }));
      expect(verdict({ plan, earlier: skipped }).verdict).toBe('act');
    },
  );

  test('a deployment since a rollback without a report is not undone', () => {
    const earlier = [{ execution: 'e', automatic: false, startedAt: at('02:20') }];
    const plan = planOf({ lastgood: 'auto', 'lastgood:cooldown': '0' });
    expectIt(verdict({ plan, earlier }), 'ask', /may be the way back itself/);
  });

  test('no cool-down where the tag says so', () => {
    expect(
      verdict({ plan: planOf({ lastgood: 'auto', 'lastgood:cooldown': '0' }), earlier: [EARLIER] }).verdict,
    ).toBe('act');
  });

  test('the cool-down stops tools too, and not an operator who starts the machine by hand', () => {
    expect(verdict({ request: BY_REQUEST, earlier: [EARLIER] }).verdict).toBe('ask');
    expect(verdict({ request: BY_HAND, earlier: [EARLIER], condemned: [BAD.id] }).verdict).toBe('act');
  });
});

describe('barriers', () => {
  test.each([
    ['schema 42', 'ask'],
    ['true', 'ask'],
    ['', 'ask'],
    ['false', 'act'],
  ])('lastgood:irreversible=%s: %s', (value, word) => {
    expect(
      verdict({ plan: planOf(undefined, { fromTags: { 'lastgood:irreversible': value } }) }).verdict,
    ).toBe(word);
  });
});

describe('AWS is already going back', () => {
  test.each([
    ['auto', 'act'],
    ['approve', 'act'],
    ['observe', 'observe'],
    ['none', 'observe'],
  ])('lastgood=%s: %s', (lastgood, word) => {
    expectIt(
      verdict({ plan: joinOf({ lastgood }), history: unknown('x'), earlier: [EARLIER] }),
      word as Verdict['verdict'],
      /going back to checkout:41/,
    );
  });
});
