import { describe, expect, test } from 'vitest';
import { adviceAfter } from '../../../../src/rollback/advice.ts';
import { CLUES, type ClueName } from '../../../../src/rollback/clues/all.ts';
import type { Change, Facts, OtherAlarm } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import { mayJoin } from '../../../../src/rollback/rules/opt-in.ts';
import { readSettings } from '../../../../src/rollback/settings.ts';
import {
  along,
  at,
  ERROR_RATE,
  ERRORS,
  factsOf,
  meter,
  NOW,
  REQUESTS,
  steps,
  V41,
  V42,
  type Night,
} from '../clues/night.ts';
import {
  ALARM,
  BAD,
  BY_ALARM,
  BY_ALERT,
  BY_DEPLOYMENT,
  facts,
  found,
  FREEZE,
  GOOD,
  omit,
  turned,
  unknown,
  without,
  BY_REQUEST,
} from '../judge-facts.ts';

const verdict = (night: Partial<Night> = {}, changed: Partial<Facts> = {}) =>
  judge(factsOf(night, changed), NOW);
const said = (night: Partial<Night> = {}, changed: Partial<Facts> = {}) => {
  const { verdict: word, reasons } = verdict(night, changed);
  return `${word}: ${reasons.join(' ')}`;
};
const errors = (levels: Record<string, number | null>) =>
  meter('errors', steps({ '00:00': null, ...levels }));
const surge = meter('requests', steps({ '00:00': 1000, '03:01': 1600 }));
const storm: OtherAlarm[] = Array.from({ length: 7 }, (_, k) => ({
  about: `ecs:prod/other-${k}`,
  relation: 'unknown',
  at: at('03:03'),
}));

describe('blame', () => {
  test('is acted on where it is sure, and a reason against it accompanies that', () => {
    expect(said()).toMatch(/^act: .*The measurements accuse the deployment of checkout:42 \(8\d %\)\./);
    const flag = { at: at('02:53'), kind: 'flag', subject: 'new-tax', relation: 'this' } as const;
    const tasks = ['03:01', '03:02', '03:03'].map((clock) => ({
      at: at(clock),
      revision: BAD.id,
      failed: true,
    }));
    const against = ['The flag new-tax, which it reads, was changed 9 minutes before.'];
    const acts = verdict({}, { changes: found([flag]), stopped: found(tasks) });
    expect(acts).toMatchObject({ verdict: 'act', against });
    expect(acts.reasons).toEqual(expect.arrayContaining(against));
    expect(verdict()).not.toHaveProperty('against');
  });

  test('is acted on at a later look from a lower confidence on', () => {
    const three = { others: found(storm.slice(0, 5)) };
    expect(verdict({}, { ...three })).toMatchObject({ verdict: 'look-again', looks: 1 });
    expect(verdict({}, { ...three, looks: 1 })).toMatchObject({ verdict: 'act' });
  });

  test('that is ruled out skips at the first look, and hardly likely at a later one', () => {
    const recent = [
      { ...V42, startedAt: at('02:00'), state: 'completed', finishedAt: at('02:05') } as const,
      V41,
    ];
    expect(said({ recent, measured: [surge, errors({ '03:02': 300 })] })).toMatch(
      /^skip: The deployment of checkout:42 is hardly the cause \(0 %\): checkout:42 had run for 62 minutes/,
    );
    const half = { ...V42, startedAt: at('02:35'), state: 'completed', finishedAt: at('02:40') } as const;
    const unlikely = { recent: [half, V41], measured: [REQUESTS, ERRORS] };
    expect(verdict(unlikely, { others: found(storm.slice(0, 5)) }).verdict).toBe('look-again');
    expect(said(unlikely, { others: found(storm.slice(0, 5)), looks: 1 })).toMatch(
      /^skip: The deployment of checkout:42 is hardly the cause/,
    );
  });

  test('has no reason where none weighs enough', () => {
    const names = Object.keys(CLUES) as ClueName[];
    const weights = Object.fromEntries(names.map((name) => [name, 0])) as Record<ClueName, number>;
    expect(judge(factsOf(), NOW, { base: -5, weights }).reasons).toEqual([
      'The deployment of checkout:42 is hardly the cause (1 %).',
    ]);
  });
});

describe('harm that may have passed', () => {
  const brief = (levels: Record<string, number | null>, end = '03:04') => ({
    measured: [
      meter('requests', steps({ '00:00': 1000 }, end)),
      meter('errors', steps({ '00:00': null, ...levels }, end)),
    ],
  });

  test('is looked at again a minute later', () => {
    const two = brief({ '03:02': 100, '03:03': 300 });
    const first = verdict(two);
    expect(first).toMatchObject({ verdict: 'look-again', lookAgainInSeconds: 65, looks: 1 });
    expect(first.reasons[0]).toBe('The harm may have passed, because no whole minute after it is known yet.');
    expect(verdict(two, { looks: 1 }).verdict).toBe('act');
    expect(verdict(brief({ '03:02': 300 }, '03:03')).verdict).toBe('look-again');
  });

  test('is not waited for where a probe shows that it lasts', () => {
    const two = brief({ '03:02': 100, '03:03': 300 });
    expect(verdict(two, { probed: { sent: 20, bad: 1 } }).verdict).toBe('act');
    expect(verdict(two, { probed: { sent: 20, bad: 0 } }).verdict).toBe('look-again');
  });

  test('is waited for longer where more is unsure', () => {
    const others = { others: found(storm.slice(0, 5)) };
    expect(verdict(brief({ '03:02': 100, '03:03': 300 }), others)).toMatchObject({ lookAgainInSeconds: 150 });
  });

  test('is acted on where users plainly hurt, a third minute is known, or the release is shown to do it', () => {
    expect(verdict(brief({ '03:02': 100, '03:03': 360 })).verdict).toBe('act');
    expect(verdict(brief({ '03:02': 100, '03:03': 100 }, '03:05')).verdict).toBe('act');
    const stopped = found([{ at: at('03:02'), revision: BAD.id, failed: true }]);
    expect(verdict(brief({ '03:02': 100, '03:03': 100 }), { stopped }).verdict).toBe('act');
    const sides = [
      meter('requests', steps({ '00:00': null, '03:01': 500 }, '03:04'), { revision: BAD.id }),
      meter('errors', steps({ '00:00': null, '03:02': 100 }, '03:04'), { revision: BAD.id }),
      meter('requests', steps({ '00:00': 1000, '03:01': 500 }, '03:04'), { revision: V41.revision.id }),
    ];
    const { measured } = brief({ '03:02': 100, '03:03': 100 });
    expect(verdict({ measured: [...measured, ...sides] }).verdict).toBe('act');
  });

  test('is not asked where AWS goes back already', () => {
    const night = {
      ...brief({ '03:02': 100, '03:03': 100 }),
      recent: [{ ...V42, state: 'rolling-back' as const }, V41],
    };
    expect(verdict(night).verdict).toBe('act');
  });

  test('is not asked of what AWS says, or of an alert whose harm is not measured', () => {
    const two = brief({ '03:02': 100, '03:03': 100 });
    expect(verdict(two, { request: BY_DEPLOYMENT }).verdict).toBe('act');
    expect(verdict({ measured: [] }).verdict).toBe('act');
  });
});

describe('a dependency that Lastgood is going back with', () => {
  const goingBack = [{ target: 'ecs:prod/cart', since: at('03:03') }];

  test('is given time, and then a person decides', () => {
    expect(said({}, { goingBack })).toMatch(
      /^look-again: .*Lastgood has been going back with ecs:prod\/cart, on which it depends, since \S+03:03:00\.000Z: that may end the harm\./,
    );
    expect(said({}, { goingBack, isLastLook: true })).toMatch(/^ask: /);
    expect(said({}, { goingBack: [] })).toMatch(/^act: /);
  });

  test('says nothing where only the new side hurts', () => {
    const sides = [
      meter('requests', steps({ '00:00': null, '03:01': 500 }), { revision: BAD.id }),
      meter('errors', steps({ '00:00': null, '03:02': 200 }), { revision: BAD.id }),
      meter('requests', steps({ '00:00': 1000, '03:01': 500 }), { revision: V41.revision.id }),
    ];
    expect(said({ measured: [REQUESTS, ERRORS, ...sides] }, { goingBack })).toMatch(/^act: /);
  });
});

describe('a target that is healthy again', () => {
  test('is not gone back from without a person', () => {
    const over = { measured: [REQUESTS, errors({ '03:02': 200, '03:05': null })] };
    expect(said(over)).toMatch(/^look-again: .*The target is healthy again, so a person decides\./);
    expect(said(over, { looks: 2 })).toMatch(/^ask: .*The target is healthy again/);
  });

  test('is known from the alarm where the metric is not measured', () => {
    const quiet = { alarm: { ...ERROR_RATE, state: 'OK' as const }, measured: [] };
    expect(said(quiet)).toMatch(/^look-again: .*Alarm checkout-5xx is OK again, so a person decides\./);
    expect(said(quiet, { isLastLook: true })).toMatch(/^ask: /);
    expect(said({ measured: [] })).toMatch(/^act: /);
    expect(said({ measured: [] }, { alarm: unknown('denied') })).toMatch(/^act: /);
    // Where the metric is measured and hurts, the alarm may be late.
    expect(said({ alarm: { ...ERROR_RATE, state: 'OK' } })).toMatch(/^act: /);
  });
});

test('a change of something that it reads, at the same moment, asks: no measurement separates the two', () => {
  const flag = { at: at('03:01'), kind: 'flag', subject: 'new-tax', relation: 'this' } as const;
  const tasks = ['03:01', '03:02', '03:03'].map((clock) => ({
    at: at(clock),
    revision: BAD.id,
    failed: true,
  }));
  expect(said({}, { changes: found([flag]), stopped: found(tasks) })).toMatch(
    /^ask: Something that it reads changed at the same time/,
  );
});

test('a plan with nothing to do names what the target reads and was changed before the harm', () => {
  const plan = { ...without('nothing-to-do', 'So it is.'), recent: [V42, V41] };
  const change: Change = {
    at: at('03:00'),
    kind: 'parameter',
    subject: 'parameter:/shop/db',
    relation: 'this',
  };
  const answer = verdict({}, { plan, changes: found([change]) });
  expect(answer.reasons.slice(0, 2)).toEqual([
    'So it is.',
    `parameter:/shop/db, which it reads, was changed at ${at('03:00')}.`,
  ]);
  expect(answer).toMatchObject({ verdict: 'skip', change });
  expect(adviceAfter('skipped', { plan, verdict: answer })).toEqual([
    `Check parameter:/shop/db, which it reads. It was changed at ${at('03:00')}, before the harm. Lastgood does not put it back.`,
  ]);
});

describe('an alarm that the target needs', () => {
  const tags = { lastgood: 'auto', 'lastgood:needs': 'alarm:db-down' };
  const night = factsOf();
  const plan = { ...night.plan, tags };
  const db = (clock: string): OtherAlarm => ({ about: 'db-down', relation: 'dependency', at: at(clock) });
  const withDb = (clock: string, changed: Partial<Facts> = {}) =>
    said({}, { plan, others: found([db(clock)]), ...changed });

  test('asks where it was red when the harm began', () => {
    expect(withDb('03:02')).toMatch(
      /^ask: Alarm db-down, on which it depends, was red when the harm began, so a person decides\./,
    );
    expect(withDb('02:20')).toMatch(/^ask: /);
  });

  test('says nothing where it turned later, or is not named', () => {
    expect(withDb('03:03')).toMatch(/^act: /);
    expect(said({}, { plan, others: found([{ ...db('03:02'), about: 'disk' }]) })).toMatch(/^act: /);
    expect(withDb('03:02', { plan: night.plan })).toMatch(/^act: /);
  });

  test('asks where it turned later, and broke before the harm', () => {
    const onset = { at: at('03:01'), until: at('03:02') };
    const late = { ...db('03:04'), onset };
    expect(said({}, { plan, others: found([late]) })).toMatch(
      /^ask: Alarm db-down, on which it depends, broke before the harm began, so a person decides\./,
    );
    const target = { ...late, about: 'ecs:prod/basket', isTarget: true } as const;
    expect(said({}, { plan, others: found([target]) })).not.toContain('on which it depends, broke');
  });

  test('asks where it broke with the harm, unless the release did it at once', () => {
    const onset = { at: at('03:02'), until: at('03:03') };
    const others = found([{ ...db('03:04'), onset }]);
    expect(said({}, { plan, others })).toMatch(/^act: /);
    const recent = [{ ...V42, startedAt: at('02:58') }, V41];
    expect(said({ recent }, { plan: { ...plan, recent }, others })).toMatch(
      /^ask: .*Alarm db-down, on which it depends, broke at about the same time, so a person decides\./,
    );
  });

  test('says nothing where only the new side hurts', () => {
    const sides = [
      meter('requests', steps({ '00:00': null, '03:01': 500 }), { revision: BAD.id }),
      meter('errors', steps({ '00:00': null, '03:02': 200 }), { revision: BAD.id }),
      meter('requests', steps({ '00:00': 1000, '03:01': 500 }), { revision: V41.revision.id }),
    ];
    const measured = found([REQUESTS, ERRORS, ...sides]);
    expect(withDb('03:02', { measured })).toMatch(/^act: /);
  });
});

describe('an alarm that is silent when all is well', () => {
  const silent = { ...ERROR_RATE, silentWhenHealthy: true };
  const fromNothing = {
    request: { ...BY_ALARM, trigger: { ...ALARM, previously: 'INSUFFICIENT_DATA' } },
    history: found([turned('03:04', 'INSUFFICIENT_DATA', 'ALARM')]),
  } as const;

  test('was quiet where requests show that the service was alive', () => {
    expect(said({ alarm: silent }, fromNothing)).toMatch(/^act: .*checkout-5xx was quiet before/);
  });

  test.each([
    ['02:45', 'act'],
    ['02:43', 'ask'],
  ])('was quiet where its last request came within a quarter of an hour: %s', (last, verdict) => {
    const requests = meter(
      'requests',
      steps({ '00:00': 0, [last]: 1000, [`${last.slice(0, 4)}${Number(last[4]) + 1}`]: 0 }),
    );
    expect(said({ alarm: silent, measured: [requests, ERRORS] }, fromNothing).startsWith(verdict)).toBe(true);
  });

  test('was quiet also where it has no data again: all that is known of it is its state', () => {
    const again = { ...fromNothing, looks: 2, alarm: found({ state: 'INSUFFICIENT_DATA' as const }) };
    const reasons = said({}, again);
    expect(reasons).toMatch(/^ask: Alarm checkout-5xx is INSUFFICIENT_DATA again/);
    expect(reasons).toContain('checkout-5xx was quiet before the deployment began');
  });

  test('may be flapping like any other', () => {
    const history = found([
      turned('02:30', 'INSUFFICIENT_DATA', 'ALARM'),
      turned('02:32', 'ALARM', 'INSUFFICIENT_DATA'),
      ...fromNothing.history.is,
    ]);
    expect(said({ alarm: silent }, { ...fromNothing, history })).toMatch(/^ask: .*may be flapping/);
  });

  test('is asked about where nothing shows that: no requests, none that count, or another alarm', () => {
    const nothing = /^ask: Alarm checkout-5xx had no state .* nothing shows that the service was healthy\./;
    expect(said({}, fromNothing)).toMatch(nothing);
    expect(said({ alarm: silent, measured: [ERRORS] }, fromNothing)).toMatch(nothing);
    const dead = meter('requests', steps({ '00:00': 1000, '02:40': 0, '03:00': 1000 }));
    expect(said({ alarm: silent, measured: [dead, ERRORS] }, fromNothing)).toMatch(nothing);
    const before = meter('requests', steps({ '02:50': null, '03:00': 1000 }));
    expect(said({ alarm: silent, measured: [before, ERRORS] }, fromNothing)).toMatch(nothing);
    expect(said({ alarm: silent }, { ...fromNothing, measured: unknown('denied') })).toMatch(nothing);
    // Where only sides are measured, one of them is enough.
    const side = meter('requests', steps({ '00:00': 1000 }), { revision: V41.revision.id });
    expect(said({ alarm: silent, measured: [side, ERRORS] }, fromNothing)).toMatch(/^act: /);
    expect(said({}, { ...fromNothing, alarm: unknown('denied') })).toMatch(nothing);
  });

  test('goes by the requests of the whole target, not by those of its new side alone', () => {
    const own = meter('requests', steps({ '00:00': null, '03:00': 100 }), { revision: BAD.id });
    expect(said({ alarm: silent, measured: [own, REQUESTS, ERRORS] }, fromNothing)).toMatch(/^act: /);
  });
});

test('a storm, or a flapping alarm, does not explain that only the new side hurts', () => {
  const sides = [
    meter('requests', steps({ '00:00': null, '03:00': 100 }), { revision: BAD.id }),
    meter('requests', steps({ '00:00': 1000, '03:00': 900 }), { revision: GOOD.id }),
    meter('errors', steps({ '00:00': null, '03:02': 100 }), { revision: BAD.id }),
  ];
  const others = found([...storm, { ...storm[0]!, about: 'ecs:prod/other-8' }]);
  const history = found([
    turned('02:30', 'OK', 'ALARM'),
    turned('02:32', 'ALARM', 'OK'),
    turned('03:04', 'OK', 'ALARM'),
  ]);
  const measured = [REQUESTS, errors({ '03:02': 100 })];
  expect(said({ measured }, { others })).toMatch(/^ask: 8 unrelated others/);
  expect(said({ measured: [...measured, ...sides] }, { others, looks: 1 })).toMatch(/^act: /);
  expect(said({ measured }, { history })).toMatch(/^ask: .*may be flapping/);
  expect(said({ measured: [...measured, ...sides] }, { history })).toMatch(/^act: /);
});

describe('a member of a storm', () => {
  const sides = [
    meter('requests', steps({ '00:00': null, '03:00': 100 }), { revision: BAD.id }),
    meter('requests', steps({ '00:00': 1000, '03:00': 900 }), { revision: GOOD.id }),
    meter('errors', steps({ '00:00': null, '03:02': 100 }), { revision: BAD.id }),
  ];
  const measured = [REQUESTS, errors({ '03:02': 100 })];
  const inStorm = { isInStorm: true } as const;

  test('asks at once, though it would act alone, and says that it would', () => {
    expect(verdict({ measured })).toMatchObject({ verdict: 'act' });
    expect(verdict({ measured }, inStorm)).toMatchObject({ verdict: 'ask', own: true });
    expect(said({ measured }, inStorm)).toMatch(
      /^ask: More targets alarm within five minutes than chance explains, so a person decides/,
    );
  });

  test('has no own proof where it would ask anyway', () => {
    const asked = verdict({ measured }, { ...inStorm, freeze: FREEZE });
    expect(asked.verdict).toBe('ask');
    expect(asked).not.toMatchObject({ own: true });
  });

  test('needs no answer where a person asks for it', () => {
    const byPerson = { request: BY_REQUEST };
    expect(said({ measured }, { ...inStorm, ...byPerson })).not.toMatch(/More targets alarm/);
  });

  test('needs no answer if only its new side hurts', () => {
    expect(said({ measured: [...measured, ...sides] }, inStorm)).toMatch(/^act: /);
  });

  test('is not asked because of targets: those are counted where they arrive', () => {
    const targets = [...storm, ...storm].map((one, k) => ({
      ...one,
      about: `t-${k}`,
      isTarget: true as const,
    }));
    expect(said({ measured }, { others: found(targets) })).toMatch(/^act: /);
  });

  test('is not asked because of others where the stack asks because of no storm', () => {
    const others = found([...storm, { ...storm[0]!, about: 'ecs:prod/other-8' }]);
    expect(said({ measured }, { others })).toMatch(/8 unrelated others/);
    expect(said({ measured }, { others, stormsAreOff: true })).not.toMatch(/unrelated others/);
  });
});

describe('a deployment after the suspect', () => {
  const back = {
    ...V41,
    id: 'back',
    state: 'in-flight',
    startedAt: at('03:05'),
    finishedAt: undefined,
  } as never;
  const fix = {
    ...V42,
    id: 'fix',
    content: 'v43',
    startedAt: at('03:05'),
    revision: { id: 'r43', name: 'checkout:43' },
  };

  test('a way back is skipped, and the release that ran then is named as the culprit', () => {
    const answer = verdict({ recent: [back, V42, V41] });
    expect(answer).toMatchObject({
      verdict: 'skip',
      reasons: [
        'checkout:41 is being brought back already: it replaces checkout:42, which ran when the harm began.',
      ],
      culprit: {
        revision: BAD,
        evidence: `it ran when the harm began at ${at('03:02')}, and checkout:41 was put back in its place at ${at('03:05')}`,
      },
    });
  });

  test.each([
    ['completed', 'back already: it replaced'],
    ['rolling-back', 'being brought back already: it replaces'],
  ] as const)('a way back that is %s is %s', (state, words) => {
    const recent = [{ ...V41, id: 'back', state, startedAt: at('03:05'), finishedAt: at('03:06') }, V42, V41];
    expect(said({ recent })).toContain(`checkout:41 is ${words} checkout:42`);
  });

  test('a way back of which the plan says so is not said twice', () => {
    const plan = { ...without('nothing-to-do', 'checkout:41 is back already.'), recent: [back, V42, V41] };
    expect(verdict({}, { plan }).reasons).toEqual([
      'checkout:41 is back already.',
      'checkout:42 ran when the harm began.',
    ]);
  });

  test('a way back condemns nothing where the release was hardly it', () => {
    const answer = verdict({ recent: [back, V42, V41], measured: [surge, errors({ '03:02': 300 })] });
    expect(answer.verdict).toBe('skip');
    expect(answer).not.toHaveProperty('culprit');
  });

  test('a way back within the datapoint of the onset condemns nothing: it may have begun the harm', () => {
    const within = { ...(back as typeof V41), startedAt: '2026-11-22T03:02:49.000Z' };
    const answer = verdict({ recent: [within, V42, V41] });
    expect(answer.verdict).toBe('skip');
    expect(answer).not.toHaveProperty('culprit');
  });

  test('a fix is asked about, after all looks', () => {
    expect(said({ recent: [fix, V42, V41] })).toMatch(
      /^look-again: checkout:43 was deployed after checkout:42, which ran when the harm began: it may be the fix/,
    );
    expect(said({ recent: [fix, V42, V41] }, { looks: 2 })).toMatch(/^ask: checkout:43 was deployed after/);
  });

  describe('where nothing can be put back', () => {
    const recent = [{ ...fix, state: 'completed' as const, finishedAt: at('03:06') }, V42, V41];
    const gone = 'checkout:43 replaced checkout:42, which ran when the harm began';
    const plan = { ...without('no-way-back', gone), recent, suspect: BAD };
    const alarm = (state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA') => found({ state });

    test('is watched for as long as a ready plan would be, whatever the tag asks', () => {
      for (const mode of ['auto', 'approve']) {
        const tagged = { plan: { ...plan, tags: { lastgood: mode } }, alarm: alarm('ALARM') };
        expect(said({}, tagged)).toMatch(
          /^look-again: checkout:43 replaced checkout:42, which ran when the harm began\. The harm was not seen to end since then\./,
        );
        expect(said({}, { ...tagged, looks: 2 })).toMatch(/^ask: checkout:43 replaced/);
      }
      expect(said({}, { plan: omit(plan, 'suspect'), alarm: alarm('ALARM') })).toMatch(/^ask: /);
    });

    test('is the fix where the alarm is OK again, and not where it has no data', () => {
      expect(said({}, { plan, alarm: alarm('OK') })).toBe(
        'skip: checkout:43 replaced checkout:42, which ran when the harm began. The harm has ended since then.',
      );
      expect(said({}, { plan, alarm: alarm('INSUFFICIENT_DATA'), looks: 2 })).toMatch(/^ask: /);
      expect(said({}, { plan, alarm: unknown('throttled'), looks: 2 })).toMatch(/^ask: /);
    });

    test('is the fix where the measurements rose and are well again, though the alarm is still red', () => {
      const red = found({ state: 'ALARM', metric: 'errors' } as const);
      const well = [surge, errors({ '03:02': 300, '03:04': 1 })];
      expect(said({ measured: well }, { plan, alarm: red, looks: 2 })).toMatch(/has ended since then\./);
      const never = [surge, errors({ '03:02': 1, '03:04': 0 })];
      expect(said({ measured: never }, { plan, alarm: red, looks: 2 })).not.toMatch(/has ended/);
    });

    test('is named as being rolled out while it is', () => {
      expect(said({}, { plan: { ...plan, recent: [fix, V42, V41] }, alarm: alarm('OK') })).toMatch(
        /^skip: checkout:43 is replacing checkout:42/,
      );
    });

    test('is planned again where the measurements accuse it, and the harm decides', () => {
      const alone = { ...plan, recent: [{ ...fix, startedAt: at('03:01') }], suspect: BAD };
      expect(said({}, { plan: alone, alarm: alarm('ALARM') })).toMatch(
        /^look-again: checkout:43 ran when the harm began\. The harm was not seen to end since then\..*the plan was made for/,
      );
    });

    test('is left alone where AWS named the suspect: nothing shows harm since', () => {
      expect(said({}, { plan, request: BY_DEPLOYMENT })).toMatch(new RegExp(`^skip: ${gone}\\.`));
    });
  });

  test('a release within the datapoint of the onset may have caused it: a person is asked', () => {
    const V42_LATE = { ...V42, state: 'completed', startedAt: at('02:58'), finishedAt: at('03:02') } as const;
    const within = { ...fix, startedAt: at('03:02').replace('00.000', '20.000') };
    const either =
      /^ask: The harm began about when checkout:43 was deployed after checkout:42: either may have caused it/;
    expect(said({ recent: [within, V42_LATE, V41] }, { looks: 2 })).toMatch(either);
    const measured = [surge, errors({ '03:02': 300 })];
    expect(said({ recent: [within, V42_LATE, V41], measured }, { looks: 2 })).toMatch(either);
  });

  test('the suspect deployed again is no fix and no way back: a person is asked', () => {
    const again = { ...V42, id: 'again', startedAt: at('03:05') };
    const between = { ...V41, id: 'between', startedAt: at('03:04') };
    for (const recent of [
      [again, V42, V41],
      [again, between, V42, V41],
    ])
      expect(said({ recent }, { looks: 2 })).toMatch(
        /^ask: checkout:42 was deployed again after the harm began, so a person decides\./,
      );
    const renamed = { ...again, revision: { id: 'r43', name: 'checkout:43' } };
    expect(said({ recent: [renamed, V42, V41] }, { looks: 2 })).toMatch(
      /^ask: checkout:43, which is checkout:42 under another name, was deployed again/,
    );
    const early = { ...V42, startedAt: at('02:00'), state: 'completed', finishedAt: at('02:05') } as const;
    const measured = [surge, errors({ '03:02': 300 })];
    expect(said({ recent: [again, early, V41], measured })).toMatch(
      /^skip: checkout:42, which ran when the harm began and was deployed again, is hardly the cause\./,
    );
  });

  test('a way back from what was never proven is not undone, though it hurts later', () => {
    const v40 = { ...V41, id: 'deployment-40', content: 'v42', revision: BAD, startedAt: at('02:30') };
    const first = { ...V41, startedAt: at('00:10') };
    const again = { ...V41, id: 'back', startedAt: at('03:00'), finishedAt: at('03:01') };
    expect(said({ recent: [again, v40, first] })).toMatch(
      /^ask: checkout:41 was a way back from checkout:42, so a person decides\./,
    );
    const proven = { ...v40, isProven: true as const };
    expect(said({ recent: [again, proven, first] })).toMatch(/^act: /);
    expect(said({ recent: [{ ...again, mayBeNew: true as const }, proven, first] })).toMatch(
      /^ask: checkout:41 may be a way back from checkout:42 or a new release: AWS does not show what it runs\./,
    );
  });

  test('a fix that failed and of which nothing runs takes no place', () => {
    const failed = { ...fix, state: 'failed', finishedAt: at('03:06') } as const;
    expect(said({ recent: [failed, V42, V41] })).toMatch(/^act: /);
    expect(said({ recent: [{ ...failed, remains: true as const }, V42, V41] }, { looks: 2 })).toMatch(
      /^ask: /,
    );
  });

  test('a newer release is skipped where it hurt before it and the one before was hardly it', () => {
    const early = { ...V42, startedAt: at('02:00'), state: 'completed', finishedAt: at('02:05') } as const;
    expect(said({ recent: [fix, early, V41], measured: [surge, errors({ '03:02': 300 })] })).toMatch(
      /^skip: The harm began before checkout:43 was deployed, and checkout:42, which ran then, is hardly the cause\./,
    );
  });
});

describe('near a deployment', () => {
  test('that is over, by its end or, where that is not known, by its beginning', () => {
    const over = { ...V42, state: 'completed' as const, startedAt: at('01:30') };
    expect(said({ recent: [over, V41] })).toMatch(
      /skip: .*The harm began 92 minutes after .* had ended; the window is 60/,
    );
    expect(said({ recent: [{ ...over, finishedAt: at('02:02') }, V41] })).not.toContain('the window is');
  });

  test('that reached an idle target, by its first request', () => {
    const over = { ...V42, state: 'completed', startedAt: at('01:30'), finishedAt: at('01:31') } as const;
    const idle = meter('requests', steps({ '00:00': 1000, '01:00': null, '03:01': 1000 }));
    expect(said({ recent: [over, V41], measured: [idle, ERRORS] })).toMatch(/^act: /);
    expect(said({ recent: [over, V41] })).toMatch(/^skip: .*had ended; the window is 60 minutes/);
  });

  test('a leak may take longer than the window', () => {
    const memory = meter(
      'memory',
      along('00:00', (minute) => (minute < 90 ? 40 : 40 + (minute - 90) / 4)),
    );
    const recent = [
      { ...V42, state: 'completed', startedAt: at('01:30'), finishedAt: at('01:35') } as const,
      V41,
    ];
    expect(said({ recent })).toContain('the window is 60 minutes');
    expect(said({ recent, measured: [REQUESTS, ERRORS, memory] })).not.toContain('the window is');
  });

  test('but not for ever', () => {
    const long = {
      ...V42,
      state: 'completed',
      startedAt: '2026-11-21T22:30:00.000Z',
      finishedAt: '2026-11-21T22:35:00.000Z',
    } as const;
    const memory = meter(
      'memory',
      along('00:00', (minute) => 40 + minute / 4),
    );
    expect(said({ recent: [long], measured: [REQUESTS, ERRORS, memory] })).toContain(
      'the window is 60 minutes',
    );
  });

  test('that began only after the harm: it hurts since before', () => {
    const onset = { at: at('02:50'), until: at('02:51') };
    const request = { ...BY_ALARM, trigger: { ...ALARM, onset } };
    expect(said({ recent: [V42] }, { request })).toMatch(
      /skip: The harm began before the deployment of checkout:42\./,
    );
  });
});

describe('the alarm’s actions', () => {
  test('that its owner disabled ask', () => {
    expect(said({ alarm: { ...ERROR_RATE, actionsEnabled: false } })).toMatch(
      /^ask: The actions of alarm checkout-5xx are disabled/,
    );
  });

  test('that are not known are not said to be disabled', () => {
    expect(said({ alarm: omit(ERROR_RATE, 'actionsEnabled') })).toMatch(/^act: /);
    expect(said({}, { alarm: unknown('denied') })).not.toContain('disabled');
  });
});

test('a freeze that ends names its end', () => {
  const freeze = { reason: 'sale', by: 'ada', until: at('09:00') };
  expect(said({}, { freeze })).toContain(`ada froze ecs:prod/checkout until ${at('09:00')} (sale)`);
});

test('a deployment that failed without a reason names none', () => {
  const trigger = omit(
    BY_DEPLOYMENT.trigger as {
      type: 'deployment';
      id: string;
      at: string;
      deployment: string;
      reason?: string;
    },
    'reason',
  );
  expect(judge(facts({ request: { ...BY_DEPLOYMENT, trigger } }), NOW).reasons).toEqual([
    'Deployment ecs-svc/42 failed.',
  ]);
});

test('joining has nothing to say where AWS is not going back', () => {
  const one = { facts: factsOf(), settings: readSettings({ lastgood: 'auto' }), scene: null, blame: null };
  expect(mayJoin(one)).toBeNull();
});

test('an alert has no alarm to be well again', () => {
  expect(said({ measured: [] }, { request: BY_ALERT })).toMatch(/^act: /);
});

describe('an alarm that was put back during the harm', () => {
  const alarm = { ...ERROR_RATE, changedAt: at('03:03') };
  const onset = { at: at('03:02'), until: at('03:03') };
  const request = { ...BY_ALARM, trigger: { ...ALARM, onset } };
  const recent = [
    { ...V42, state: 'completed' as const, startedAt: at('02:15'), finishedAt: at('02:17') },
    V41,
  ];
  const hurts = [REQUESTS, meter('errors', steps({ '00:00': null, '02:17': 200 }))];

  test('shows the harm since its metric breaches', () => {
    expect(verdict({ alarm, recent, measured: hurts }, { request })).toMatchObject({
      verdict: 'act',
      since: { at: at('02:17') },
    });
  });

  test('does not clear the release by its own first datapoint, where its metric is not measured', () => {
    const old = {
      recent: [{ ...V42, state: 'completed' as const, startedAt: at('00:50'), finishedAt: at('00:55') }, V41],
    };
    expect(said({ ...old, measured: [], alarm: ERROR_RATE }, { request })).toMatch(/^skip: /);
    expect(verdict({ ...old, measured: [], alarm }, { request })).toMatchObject({
      verdict: 'ask',
      since: { ...onset, unseenBefore: at('03:03') },
    });
    const says = said({ ...old, measured: [], alarm }, { request });
    expect(says).toContain(
      'Alarm checkout-5xx was created or changed at 2026-11-22T03:03:00.000Z. The harm may have begun before that',
    );
    expect(says).not.toMatch(/when the harm began|hardly the cause/);
  });

  test('does not take the level of the harm for the usual one', () => {
    const always = [REQUESTS, meter('errors', steps({ '00:00': 200 }))];
    const says = said({ alarm, recent, measured: always }, { request });
    expect(says).toMatch(/^ask: .*The harm may have begun before that/);
    expect(says).not.toMatch(/when the harm began|healthy again/);
  });
});
