import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Cause } from '../../../src/rollback/evidence.ts';
import { outcomeOf, outcomeOfUnreported, wentAsFarAs } from '../../../src/rollback/ending.ts';
import { NOT_FOUND } from '../../../src/rollback/health.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { HeldBack } from '../../../src/rollback/pause.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { AT, documents, ready, request } from './documents.ts';
import { omit } from './judge-facts.ts';

const LATER = '2026-11-22T03:10:00.000Z';
const act = { verdict: 'act', at: AT, reasons: ['!'] } as const;
const acting: Rollback = { request, plan: ready, verdict: act };
const started = { state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: LATER, left: [] } as const;
const sign = { of: 'way back', state: 'healthy', says: '2 of 2' } as const;
const proven: Rollback = {
  ...acting,
  stopped: { state: 'stopped', at: AT, deployment: 'bad' },
  reverted: started,
  settled: { state: 'settled', at: AT, summary: '2 of 2' },
  health: {
    state: 'proven',
    at: LATER,
    healthySince: AT,
    signs: [sign, { ...sign, of: 'alarm checkout-5xx' }],
  },
};

const stateOf = (rollback: Rollback) => outcomeOf(rollback, LATER).state;

describe('how far a rollback went', () => {
  it.each([
    ['acted', { state: 'failed-clean', reason: 'It could not.' }],
    ['observed', { state: 'skipped', reason: 'Only observed. It would have acted.' }],
    ['asked', { state: 'skipped', reason: 'No answer came in time, and silence means stay.' }],
    ['asked', { state: 'skipped', reason: 'No answer came in time, and silence means stay. It had ended.' }],
    ['nothing', { state: 'skipped', reason: 'The deployment is hardly the cause.' }],
  ] as const)('%s', (far, outcome) => {
    expect(wentAsFarAs(outcome)).toBe(far);
  });
});

describe('any document', () => {
  it('has an outcome with a reason', () => {
    fc.assert(
      fc.property(documents, (rollback) => {
        const { state, at, reason, advice } = outcomeOf(rollback, LATER);
        expect(['rolled-back', 'skipped', 'failed-clean', 'failed-dirty']).toContain(state);
        expect(at).toBe(LATER);
        expect(reason).toMatch(/\S/);
        expect(reason + advice.join('')).not.toMatch(/undefined|\[object/);
      }),
    );
  });

  it('advises to deploy again what was taken back as well, where a person may miss it', () => {
    const release = (name: string) => ({
      ...({ id: name, state: 'completed', startedAt: AT, isRollback: false } as const),
      revision: { id: name, name },
    });
    const plan = { ...ready, recent: [ready.from.id, 'between', ready.to.id].map(release) };
    expect(outcomeOf({ ...proven, plan }, LATER).advice).toContain(
      'between came in between, and the way back takes it out of service too. Deploy again what is still needed.',
    );
  });

  it('is rolled-back only when health was proven of a settled way back, without an error', () => {
    fc.assert(
      fc.property(documents, (rollback) => {
        if (stateOf(rollback) !== 'rolled-back') return;
        expect(rollback).toMatchObject({ settled: { state: 'settled' }, health: { state: 'proven' } });
        expect(rollback.error).toBeUndefined();
      }),
    );
  });

  it('is dirty when a way back was begun or stopped and nothing was proven', () => {
    fc.assert(
      fc.property(documents, (rollback) => {
        const { stopped, reverted, settled, health } = rollback;
        const wrote =
          stopped?.state === 'stopped' || stopped?.state === 'reverting' || reverted?.state === 'started';
        if (!wrote && settled === undefined) return;
        if (health?.state !== 'proven') expect(stateOf(rollback)).toBe('failed-dirty');
      }),
    );
  });

  it('is dirty when something was thrown once Stop may have been entered', () => {
    fc.assert(
      fc.property(documents, (rollback) => {
        const { error, verdict, plan } = rollback;
        if (error === undefined || verdict?.verdict !== 'act' || plan?.state === 'no-way-back') return;
        expect(stateOf(rollback)).toBe('failed-dirty');
      }),
    );
  });

  it('has advice whenever it failed', () => {
    fc.assert(
      fc.property(documents, (rollback) => {
        const { state, advice } = outcomeOf(rollback, LATER);
        if (state.startsWith('failed')) expect(advice).not.toEqual([]);
      }),
    );
  });
});

describe('rolled back', () => {
  it('says who went back: AWS natively, another in its last step, or Lastgood', () => {
    const byItself: Rollback = {
      ...proven,
      settled: { state: 'settled', at: AT, summary: '2 of 2', byItself: true },
    };
    expect(outcomeOf(proven, LATER).reason).toMatch(/healthy since \S+Z\.$/);
    expect(outcomeOf(byItself, LATER).reason).toMatch(/healthy since \S+Z\. AWS went back natively\.$/);
    const byAnother: Rollback = {
      ...proven,
      settled: { state: 'settled', at: AT, summary: '2 of 2', byAnother: true },
    };
    expect(outcomeOf(byAnother, LATER).reason).toMatch(
      /healthy since \S+Z\. Its last step was found done, and Lastgood has no record of it: a person or a pipeline may have made it\.$/,
    );
  });

  it('says what runs instead of what, and to take it back in the code too', () => {
    const { state, reason, advice } = outcomeOf(proven, LATER);
    expect(state).toBe('rolled-back');
    expect(reason).toBe(`checkout:41 runs again instead of checkout:42, healthy since ${AT}.`);
    expect(advice[0]).toContain('still name checkout:42');
    expect(advice).toHaveLength(3);
  });

  it('names the likely cause, and what to do about it first, where the evidence has one', () => {
    const triage = { cause: 'crash', says: 'Container app exits with code 1.', because: [] } as const;
    const evidence = { at: AT, found: [], missing: [], triage };
    const { cause, advice } = outcomeOf({ ...proven, gathered: { evidence } }, LATER);
    expect(cause).toEqual({ cause: 'crash', says: 'Container app exits with code 1.' });
    expect(advice[0]).toBe('Read the log of checkout:42 before you deploy it again.');
    expect(outcomeOf(proven, LATER)).not.toHaveProperty('cause');
  });

  it('says what the next update of its stack would do', () => {
    const tags = { 'aws:cloudformation:stack-name': 'shop' };
    const { advice } = outcomeOf({ ...proven, plan: { ...ready, tags } }, LATER);
    expect(advice[0]).toBe(
      'The template of stack shop still names checkout:42. An update that leaves this resource alone keeps the rollback; the first update that changes it, or that reverts drift (REVERT_DRIFT, cdk deploy --revert-drift), would deploy the revision of the template. Set it to checkout:41 there first.',
    );
  });

  it('claims no pipeline for what a rollback or a rehearsal brought', () => {
    const deployed = { id: 'd', state: 'completed', startedAt: AT, revision: ready.from } as const;
    const recent = [{ ...deployed, isRollback: true }];
    const afterRollback = outcomeOf({ ...proven, plan: { ...ready, recent } }, LATER).advice;
    expect(afterRollback.slice(0, 2)).toEqual([
      'A rollback brought checkout:42, so your infrastructure code and pipeline name another revision, which the next terraform apply or pipeline run would deploy. Check that it is checkout:41.',
      'Deploy the fix as a new revision. Lastgood does not block it.',
    ]);
    const verdict = { ...act, afterRehearsal: true } as const;
    const afterRehearsal = outcomeOf({ ...proven, verdict }, LATER).advice;
    expect(afterRehearsal[0]).toMatch(/^A rehearsal brought checkout:42, .* Check that it is checkout:41\.$/);
    expect(afterRehearsal.join(' ')).not.toContain('Deploy the fix');
  });

  it.each(['codedeploy:shop/fleet', 'route53:Z1/shop.example.com/A'])(
    'does not claim that a stack names the revision of %s',
    (target) => {
      const tags = { 'aws:cloudformation:stack-name': 'shop' };
      const { advice } = outcomeOf(
        { ...proven, request: { ...request, target }, plan: { ...ready, tags } },
        LATER,
      );
      expect(advice[0]).toMatch(/^Your infrastructure code and pipeline still name checkout:42/);
    },
  );

  it('names the likely cause that the evidence names, and none otherwise', () => {
    const of = (cause: Cause) =>
      outcomeOf(
        {
          ...proven,
          gathered: {
            evidence: { at: AT, found: [], missing: [], triage: { cause, says: '!', because: [] } },
          },
        },
        LATER,
      );
    expect(of('crash')).toMatchObject({ cause: { cause: 'crash', says: '!' } });
    expect(outcomeOf(proven, LATER)).not.toHaveProperty('cause');
  });

  it('says what the way back could not restore', () => {
    const leaves = 'ECS refused the loadBalancers of checkout:41, so the service keeps those of checkout:42.';
    const settled = { state: 'settled', at: AT, summary: '2 of 2', leaves } as const;
    const { advice } = outcomeOf({ ...proven, settled }, LATER);
    expect(advice[0]).toBe(`${leaves} Set them by hand if the service needs them.`);
  });

  it('says when the proof was thin', () => {
    const health = { state: 'proven', at: LATER, healthySince: AT, signs: [sign] } as const;
    expect(outcomeOf({ ...proven, health }, LATER).advice.at(-1)).toContain('lastgood:alarms');
  });
});

describe('another cause was found', () => {
  const cause = { cause: 'traffic', says: 'Rule r sends traffic to no tasks.' } as const;
  const plan = {
    state: 'nothing-to-do',
    at: AT,
    tags: {},
    reason: 'rule r sends traffic to no tasks',
  } as const;
  const skip = { verdict: 'skip', at: AT, reasons: ['!'] } as const;
  const of = (more: object) => outcomeOf({ request, plan: { ...plan, ...more }, verdict: skip }, LATER);

  it('is part of the outcome, and the advice says what to do about it', () => {
    const { from: revision } = ready;
    const deployment = { id: 'd', state: 'completed', startedAt: AT, revision, isRollback: false };
    expect(of({ cause, deployment })).toMatchObject({
      state: 'skipped',
      cause,
      advice: [expect.stringMatching(/^Lead the users back to the tasks of checkout:42,/)],
    });
    expect(of({ cause }).advice[0]).toContain('the tasks of the running revision,');
  });

  it('is absent where there is only nothing to do', () => {
    expect(of({})).toMatchObject({ advice: [] });
    expect(of({})).not.toHaveProperty('cause');
  });
});

describe('nothing was written', () => {
  const caught = (Error: string): Rollback => ({
    request,
    error: { Error, Cause: '{"errorMessage":"why"}' },
  });

  it.each([
    ['TargetClaimed', 'skipped'],
    ['InvalidRequest', 'failed-clean'],
    ['InvalidTag', 'failed-clean'],
    ['UnsupportedTarget', 'failed-clean'],
    ['NotPermitted', 'failed-clean'],
    ['Throttled', 'failed-clean'],
    ['States.Timeout', 'failed-clean'],
  ])('%s ends as %s and says why', (name, state) => {
    const outcome = outcomeOf(caught(name), LATER);
    expect(outcome.state).toBe(state);
    expect(outcome.reason).toContain('why');
  });

  const none = { state: 'no-way-back', at: AT, tags: {}, reason: 'Nothing was ever proven.' } as const;
  const skip = { verdict: 'skip', at: AT, reasons: ['Not opted in.'] } as const;

  it.each(['act', 'ask'] as const)('no way back is a failure where the verdict is %s', (verdict) => {
    const judged = { countdownSeconds: 600, onSilence: 'go', ...skip, verdict } as const;
    expect(outcomeOf({ request, plan: none, verdict: judged }, LATER)).toMatchObject({
      state: 'failed-clean',
      reason: none.reason,
    });
  });

  it('no way back past what replaced the suspect is a failure where no end of the harm was seen', () => {
    const verdict = { ...skip, verdict: 'ask', countdownSeconds: 600, onSilence: 'stay' } as const;
    const plan = { ...none, suspect: { id: 'r42', name: 'checkout:42' } };
    expect(outcomeOf({ request, plan, verdict }, LATER)).toMatchObject({
      state: 'failed-clean',
      reason: 'No end of the harm was seen: Nothing was ever proven.',
    });
    expect(stateOf({ request, plan, verdict: skip })).toBe('skipped');
  });

  it.each(['skip', 'observe'] as const)('no way back does not matter where the verdict is %s', (verdict) => {
    expect(stateOf({ request, plan: none, verdict: { ...skip, verdict } })).toBe('skipped');
  });

  const ask = { verdict: 'ask', at: AT, reasons: ['?'], countdownSeconds: 600 } as const;
  const unanswered = { Error: 'States.Timeout' };

  it('a question that was denied or not answered is skipped, if silence means stay', () => {
    const stay = { ...ask, onSilence: 'stay' } as const;
    const denied = { answer: 'denied', by: 'U1', at: AT } as const;
    expect(outcomeOf({ request, plan: ready, verdict: stay, approval: denied }, LATER)).toMatchObject({
      state: 'skipped',
      reason: 'U1 decided not to go back.',
    });
    expect(stateOf({ request, plan: ready, verdict: stay, approval: unanswered })).toBe('skipped');
  });

  it.each([
    ['an approval', { answer: 'approved', by: 'U1', at: AT } as const],
    ['a silence that means go', unanswered],
  ])('a plan that cannot be made anew after %s ends clean', (_, approval) => {
    const verdict = { ...ask, onSilence: 'go' } as const;
    const error = { Error: 'Throttled', Cause: '{}' };
    expect(stateOf({ request, plan: ready, verdict, approval, error })).toBe('failed-clean');
  });
});

const ALARM = { type: 'alarm' as const, id: 'one', at: AT, alarm: 'checkout-5xx' };
it.each<[string, Request['trigger']]>([
  ['the tag lastgood:target of alarm checkout-5xx', { ...ALARM, isTagged: true }],
  ['what alarm checkout-5xx watches', ALARM],
  [
    'the label lastgood_target of the alert',
    { type: 'request', id: 'two', at: AT, by: 'grafana', automatic: true },
  ],
  ['its name', undefined],
])('claims of no target that something still runs there, and names %s', (where, trigger) => {
  const error = { Error: 'UnsupportedTarget', Cause: '{"errorMessage":"there is no such service"}' };
  const asked = { target: request.target, reason: request.reason, ...(trigger && { trigger }) };
  expect(outcomeOf({ request: asked, error }, LATER)).toMatchObject({
    state: 'failed-clean',
    advice: [
      `Read the reason. If there is no such target, correct ${where}. If it exists, roll it back with its own tools, because Lastgood cannot.`,
      'Lastgood changed nothing. If users are still hurt, ask for the rollback again or go back by hand.',
    ],
  });
});

describe('a dirty end', () => {
  const dirty = (changed: Partial<Rollback>) =>
    outcomeOf({ ...acting, reverted: started, ...changed }, LATER);

  it('advises nothing that undoes what took over: it may be the fix', () => {
    const settled = { state: 'overtaken', by: 'newer', reason: 'x' } as const;
    const companions = [{ of: 'desired-count', says: 'The release set it to 1.' }] as const;
    const triage = { cause: 'crash', says: '!', because: [] } as const;
    const gathered = { evidence: { at: AT, found: [], missing: [], companions, triage } };
    const { state, advice } = dirty({ settled, gathered });
    expect([state, ...advice]).toEqual([
      'failed-dirty',
      'Check now which revision runs and which is rolling out.',
      'Check that newer was deployed on purpose. Lastgood leaves it as it is.',
      'If users are still hurt, ask for the rollback again.',
      expect.stringContaining('checkout:42'),
    ]);
    expect(advice.join(' ')).not.toMatch(/checkout:41|Deploy the fix/);
  });

  it('says first what a person must change before anything can be deployed', () => {
    const settled = { state: 'failed', reason: 'x', more: false, cure: 'Make room.' } as const;
    expect(dirty({ settled }).advice.slice(0, 2)).toEqual([
      'Check now which revision runs and which is rolling out. checkout:41 should run.',
      'Make room.',
    ]);
    expect(dirty({ settled: { state: 'failed', reason: 'x', more: false } }).advice[1]).toContain(
      'still name',
    );
  });

  it('is about what was deleted where the target was, and about no revision that runs', () => {
    const settled = { state: 'failed', reason: 'the service is gone', more: false, isGone: true } as const;
    const { state, reason, advice } = dirty({ settled });
    expect([state, reason]).toEqual([
      'failed-dirty',
      'The target was deleted during its way back: the service is gone',
    ]);
    expect(advice).toEqual([
      `Check who deleted ${request.target}, and whether on purpose. Lastgood creates nothing.`,
      'If it should exist, create it again with checkout:41. Your infrastructure code and pipeline may still name checkout:42.',
    ]);
    const unplanned = outcomeOf({ reverted: started, settled }, LATER).advice;
    expect(unplanned).toEqual([
      'Check who deleted the target, and whether on purpose. Lastgood creates nothing.',
    ]);
  });

  it('by an error says how far the way back is known to have come, and what the error wants', () => {
    const denied = 'not authorized to perform: lambda:GetAlias';
    const error = { Error: 'NotPermitted', Cause: JSON.stringify({ errorMessage: denied }) };
    const settled = { state: 'settled', at: AT, summary: '2 of 2' } as const;
    const failed = { state: 'failed', reason: 'x', more: true } as const;
    expect(dirty({ error }).reason).toBe(
      `The way back to checkout:41 was started. Then an error ended its polls, so whether it arrived is not known. NotPermitted: ${denied}`,
    );
    expect(dirty({ error, settled }).reason).toMatch(
      /^The way back to checkout:41 had settled \(2 of 2\)\. Then an error ended its polls, so its health is not proven\./,
    );
    expect(dirty({ error, settled: failed }).reason).toMatch(/^The rollback failed midway/);
    expect(outcomeOf({ request, reverted: started, error }, LATER).reason).toMatch(
      /^The way back was started/,
    );
    expect(dirty({ error }).advice[1]).toMatch(
      /^Allow the call that the reason names\..*permissions boundary/,
    );
  });

  it('says what to do about an alarm that does not exist any more', () => {
    const gone = { of: 'alarm checkout-5xx', state: 'unknown', says: NOT_FOUND } as const;
    const signs = [gone, { ...gone, says: 'is unknown' }, { ...gone, of: 'probe x' }] as const;
    const unproven = { state: 'unproven', at: LATER, signs, reason: 'x' } as const;
    const settled = { state: 'settled', at: AT, summary: '2 of 2' } as const;
    const advice = (tags: Tags) =>
      dirty({ settled, health: unproven, plan: { ...ready, tags } }).advice.filter((one) =>
        one.includes('checkout-5xx'),
      );
    expect(advice({})).toEqual([
      'Alarm checkout-5xx was deleted. Create it again if it should still watch the target, and look at what it watched.',
    ]);
    expect(advice({ 'lastgood:alarms': 'checkout-5xx' })).toEqual([
      'Create alarm checkout-5xx again, or take it out of the tags of the target. Otherwise the next rollback cannot be proven either.',
    ]);
    const unplanned = outcomeOf({ request, reverted: started, settled, health: unproven }, LATER);
    expect(unplanned.advice.join(' ')).toContain('Alarm checkout-5xx was deleted');
  });
});

describe('going back that has not helped', () => {
  const harm = { of: 'failures', unit: 'percent', before: 12, now: 11, since: AT, is: 'alike' } as const;
  const settled = { state: 'settled', at: AT, summary: '2 of 2' } as const;
  const ended = (is?: 'less' | 'alike' | 'worse') => {
    const health = { state: 'unproven', at: LATER, signs: [sign], reason: 'it is red.' } as const;
    const known = is === undefined ? health : { ...health, harm: { ...harm, is } };
    return outcomeOf({ ...acting, reverted: started, settled, health: known }, LATER);
  };
  const before = 'The target went back, but its health was not proven: it is red.';
  const LOOK = 'Check now which revision runs and which is rolling out. checkout:41 should run.';
  const CONDEMN =
    'If checkout:42 was at fault all the same, condemn it as the runbook says (docs/runbook.md).';

  it('says that the release is not condemned, where to look, and how to condemn it', () => {
    expect(ended('alike')).toMatchObject({
      state: 'failed-dirty',
      reason: `${before} checkout:42 is not condemned.`,
      advice: [LOOK, 'Look at what both revisions share: dependencies, load, data and parameters.', CONDEMN],
    });
  });

  it('says who served users better, where they are clearly worse off', () => {
    expect(ended('worse')).toMatchObject({
      state: 'failed-dirty',
      reason: `${before} checkout:42 is not condemned.`,
      advice: [
        LOOK,
        'Users were better off with checkout:42. Lastgood does not deploy it again. Do so if it helps them.',
        CONDEMN,
      ],
    });
  });

  it('says neither where the harm became less, or is unknown', () => {
    for (const { reason, advice } of [ended('less'), ended()]) {
      expect(reason).toBe(before);
      expect(advice.join(' ')).toMatch(/still name checkout:42/);
      expect(advice.join(' ')).not.toMatch(/condemn|better off|share/);
    }
  });
});

describe('another trigger', () => {
  const claimed = { Error: 'TargetClaimed', Cause: '{"errorMessage":"held by another"}' };
  const ask = { verdict: 'ask', at: AT, reasons: ['?'], countdownSeconds: 600, onSilence: 'stay' } as const;

  it('that Claim refused says whether the holder judges again', () => {
    const reasonOf = (interrupted?: Rollback['interrupted']) =>
      outcomeOf({ request, error: claimed, ...(interrupted && { interrupted }) }, LATER).reason;
    expect(reasonOf({ state: 'judged-again' })).toMatch(/held by another\. It ended its question/);
    for (const other of [undefined, { state: 'heard' }, { Error: 'Unavailable' }] as const)
      expect(reasonOf(other)).toMatch(/held by another$/);
  });

  it('that ended a question was judged, or a person must look', () => {
    const approval = { answer: 'judge-again', at: AT, request } as const;
    expect(stateOf({ request, plan: ready, verdict: ask, approval })).toBe('failed-dirty');
  });
});

it('a look again is never an end', () => {
  const verdict = {
    verdict: 'look-again',
    at: AT,
    reasons: ['?'],
    lookAgainInSeconds: 150,
    looks: 1,
  } as const;
  expect(stateOf({ request, plan: ready, verdict })).toBe('failed-dirty');
  expect(stateOf({ request, plan: ready, verdict, error: { Error: 'Throttled' } })).toBe('failed-clean');
});

describe('Stop was entered', () => {
  const failed = { state: 'failed', rung: 0, at: AT, reason: 'no capacity', left: [], more: false } as const;

  it.each([
    ['not-running', 'failed-clean'],
    ['stopped', 'failed-dirty'],
  ] as const)('%s and no rung that starts is %s', (state, outcome) => {
    const stopped = state === 'stopped' ? ({ state, at: AT, deployment: 'bad' } as const) : { state };
    expect(stateOf({ ...acting, stopped, reverted: failed })).toBe(outcome);
  });

  it.each([
    [false, 'failed-clean'],
    [true, 'failed-dirty'],
    [undefined, 'failed-dirty'],
  ] as const)(
    'or passed over, because the plan says in flight %s, and no rung starts: %s',
    (inFlight, outcome) => {
      const plan = { ...ready, ...(inFlight !== undefined && { inFlight }) };
      expect(stateOf({ ...acting, plan, reverted: failed })).toBe(outcome);
    },
  );

  it('or the plan is missing, and no rung starts: dirty', () => {
    expect(stateOf({ ...omit(acting, 'plan'), reverted: failed })).toBe('failed-dirty');
  });

  it('and a rung that was refused in the middle of its writes is dirty, and says that it was begun', () => {
    const reverted = { ...failed, touched: true } as const;
    const outcome = outcomeOf({ ...acting, stopped: { state: 'not-running' }, reverted }, LATER);
    expect(outcome.state).toBe('failed-dirty');
    expect(outcome.reason).toBe('The way back was begun and could not be finished: no capacity');
    expect(outcome.advice.join()).not.toContain('still runs');
  });

  it('a rung that failed while it settled makes the next one that cannot start dirty', () => {
    const settled = { state: 'failed', reason: 'it broke', more: true } as const;
    expect(stateOf({ ...acting, stopped: { state: 'not-running' }, reverted: failed, settled })).toBe(
      'failed-dirty',
    );
  });

  it.each(['ClaimLost', 'NotPermitted', 'Throttled', 'Error'])('%s is dirty', (Error) => {
    expect(stateOf({ ...acting, error: { Error } })).toBe('failed-dirty');
  });

  it.each(['NotPermitted', 'Throttled', 'Lambda.TooManyRequestsException', 'States.Timeout', 'Error'])(
    '%s before any write is clean, and says that nothing was changed',
    (Error) => {
      const { state, reason } = outcomeOf({ ...acting, error: { Error, Cause: 'it broke' } }, LATER, false);
      expect(state).toBe('failed-clean');
      expect(reason).toBe(`Lastgood could not begin to go back, and changed nothing. ${Error}: it broke`);
    },
  );

  it('an error without a write is dirty if a way back runs, or if another execution may be at work', () => {
    const endOf = (more: Partial<Rollback>, Error = 'Throttled') =>
      outcomeOf({ ...acting, ...more, error: { Error } }, LATER, false).state;
    const left = { state: 'left-to-revert', deployment: 'bad', reason: 'another revision' } as const;
    const joined = { state: 'joined', rung: 0, at: AT, deployment: 'b', settleBy: LATER, left: [] } as const;
    expect(endOf({ stopped: { state: 'not-running' } })).toBe('failed-clean');
    expect(endOf({ stopped: left, reverted: failed })).toBe('failed-clean');
    expect(endOf({ stopped: { state: 'reverting', at: AT, deployment: 'bad' } })).toBe('failed-dirty');
    expect(endOf({ stopped: { state: 'stopped', at: AT, deployment: 'bad' } })).toBe('failed-dirty');
    expect(endOf({ reverted: joined })).toBe('failed-dirty');
    expect(endOf({ reverted: { ...failed, touched: true } })).toBe('failed-dirty');
    expect(endOf({ settled: { state: 'failed', reason: 'late', more: true } })).toBe('failed-dirty');
    expect(endOf({}, 'ClaimLost')).toBe('failed-dirty');
  });

  it('a way back that its system refused is clean only where nothing was stopped and no rung went before', () => {
    const started = {
      state: 'started',
      rung: 0,
      at: AT,
      deployment: 'b',
      settleBy: LATER,
      left: [],
    } as const;
    const settled = { state: 'failed', reason: 'argocd refused', more: false, untouched: true } as const;
    const endOf = (more: Partial<Rollback>) =>
      outcomeOf({ ...acting, stopped: { state: 'not-running' }, reverted: started, settled, ...more }, LATER);
    expect(endOf({})).toMatchObject({
      state: 'failed-clean',
      reason: 'The way back was refused, and nothing was changed: argocd refused',
    });
    expect(endOf({ stopped: { state: 'stopped', at: AT, deployment: 'bad' } }).state).toBe('failed-dirty');
    const before = [{ rung: 0, reason: 'x' }] as never;
    expect(endOf({ reverted: { ...started, left: before } }).state).toBe('failed-dirty');
  });

  it('a newer deployment is named', () => {
    const settled = { state: 'overtaken', by: 'deployment/newer', reason: 'it began later' } as const;
    const { state, reason, advice } = outcomeOf({ ...proven, settled }, LATER);
    expect(state).toBe('failed-dirty');
    expect(reason).toContain('deployment/newer');
    expect(advice.join()).toContain('deployment/newer');
  });
});

it('says of an execution without a report how it ended', () => {
  expect(outcomeOfUnreported('ABORTED', LATER)).toMatchObject({ state: 'failed-dirty', at: LATER });
  expect(outcomeOfUnreported('ABORTED', LATER).reason).toContain('ABORTED');
});

describe('in words', () => {
  it('a proven way back names both revisions, and since when it is healthy', () => {
    expect(outcomeOf(proven, LATER).reason).toBe(
      `checkout:41 runs again instead of checkout:42, healthy since ${AT}.`,
    );
    expect(outcomeOf(omit(proven, 'plan'), LATER).reason).toBe(
      `the last known good revision runs again, healthy since ${AT}.`,
    );
  });

  it('where there is nothing to do the plan says why', () => {
    const plan = { state: 'nothing-to-do', at: AT, tags: {}, reason: 'It runs already.' } as const;
    expect(outcomeOf({ request, plan }, LATER)).toMatchObject({
      state: 'skipped',
      reason: 'It runs already.',
    });
  });
});

describe('a pause that lasts too long', () => {
  const over = (wrote: boolean): HeldBack => ({
    ...{ state: 'over', at: LATER, wrote, spans: [{ from: AT }], published: [] },
    order: { paused: true, because: 'the database moves', by: 'ada' },
  });

  it('ends clean before a write, and advises to resume first', () => {
    const { state, reason, advice } = outcomeOf({ ...acting, paused: over(false) }, LATER);
    expect(state).toBe('failed-clean');
    expect(reason).toBe(
      'Lastgood changed nothing. This rollback waited 4 hours. Lastgood is paused by ada: the database moves',
    );
    expect(advice[0]).toMatch(/^Resume Lastgood/);
  });

  it('ends dirty after a write, and advises to look first', () => {
    const { state, reason, advice } = outcomeOf({ ...acting, paused: over(true) }, LATER);
    expect(state).toBe('failed-dirty');
    expect(reason).toMatch(/^The rollback stopped midway/);
    expect(advice[0]).toMatch(/^Check now/);
    expect(advice[1]).toMatch(/^Resume Lastgood/);
  });

  it('does not hide an error', () => {
    const error = { Error: 'ClaimLost', Cause: '{"errorMessage":"lost"}' };
    expect(outcomeOf({ ...acting, paused: over(false), error }, LATER).reason).toContain('ClaimLost');
  });
});
