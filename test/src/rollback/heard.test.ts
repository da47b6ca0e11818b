import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Approval, Judgeable } from '../../../src/rollback/document.ts';
import {
  againOf,
  isPlanFor,
  leadOf,
  leftOver,
  ranked,
  unheard,
  withDeadline,
} from '../../../src/rollback/heard.ts';
import type { Heard, Request } from '../../../src/rollback/request.ts';
import {
  asTriggeredBy,
  besides,
  conclude,
  forThisPlan,
  othersOf,
  sinceBefore,
  wasKnown,
} from '../../../src/rollback/hearing.ts';
import { mildest } from '../../../src/rollback/mildest.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { takenUpAt } from '../../../src/rollback/taken-up.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import * as given from './judge-facts.ts';

const { at, TARGET } = given;

const alarm = (name: string, clock: string, forged?: string): Heard => ({
  target: TARGET,
  reason: `alarm ${name} turned to ALARM`,
  trigger: {
    ...{ type: 'alarm', id: `${name} ${clock}`, at: at(clock), alarm: name },
    ...(forged !== undefined && { forged }),
  },
});
const byHand: Heard = { target: TARGET, reason: 'customers call' };
const OWN = alarm('checkout-latency', '03:00', 'no datapoints');
const ERRORS = alarm('checkout-errors', '03:03');

const asking: Verdict = {
  ...{ verdict: 'ask', at: given.NOW, reasons: ['May be set by hand.'], countdownSeconds: 600 },
  onSilence: 'stay',
};
const act: Verdict = { verdict: 'act', at: given.NOW, reasons: ['It was quiet before.'] };
const skip: Verdict = { verdict: 'skip', at: given.NOW, reasons: ['It is too old.'] };
const look: Verdict = {
  ...{ verdict: 'look-again', at: given.NOW, reasons: ['?'], lookAgainInSeconds: 150, looks: 1 },
};
const silence: Approval = { Error: 'States.Timeout' };
const judgeAgain: Approval = { answer: 'judge-again', at: at('03:04'), request: ERRORS };

const rollback = (changed: Partial<Judgeable> = {}): Judgeable => ({
  request: OWN,
  execution: 'one',
  claim: { kind: 'ecs', holder: 'one', since: at('03:01'), expiresAt: at('07:01') },
  plan: given.planOf(),
  ...changed,
});

describe('triggers that came', () => {
  it('are those after the ones that were judged', () => {
    const alsoTriggeredBy = [alarm('a', '03:02'), alarm('b', '03:03')];
    expect(unheard({ request: OWN, alsoTriggeredBy })).toHaveLength(2);
    expect(unheard({ request: OWN, alsoTriggeredBy }, 1)).toEqual([alarm('b', '03:03')]);
  });

  it('are not those that want another revision', () => {
    const other = { ...byHand, revision: 'revision-7' };
    expect(unheard({ request: OWN, alsoTriggeredBy: [other] })).toEqual([]);
    expect(unheard({ request: other, alsoTriggeredBy: [other] })).toEqual([other]);
    expect(unheard({ request: other, alsoTriggeredBy: [ERRORS] })).toEqual([ERRORS]);
  });

  it('are left to the sweep where they were not judged, or could not be', () => {
    const other = { ...byHand, revision: 'revision-7' };
    const alsoTriggeredBy = [other, ERRORS, alarm('b', '03:04')];
    expect(leftOver({ request: OWN, alsoTriggeredBy }, 2)).toEqual([other, alarm('b', '03:04')]);
    expect(leftOver({ request: OWN, alsoTriggeredBy })).toEqual(alsoTriggeredBy);
  });

  it('come with people first, then what is genuine, then what is newest', () => {
    const forged = alarm('d', '03:09', 'no datapoints');
    const person: Heard = given.BY_REQUEST;
    const all = [alarm('a', '03:02'), forged, alarm('b', '03:05'), byHand, given.BY_ALERT, person];
    expect(ranked(all)).toEqual([
      person,
      byHand,
      alarm('b', '03:05'),
      given.BY_ALERT,
      alarm('a', '03:02'),
      forged,
    ]);
  });

  it('are of one alarm only the newest that is genuine', () => {
    const flapping = [alarm('a', '03:02'), alarm('a', '03:04'), alarm('a', '03:06', 'no datapoints')];
    expect(ranked(flapping)).toEqual([alarm('a', '03:04')]);
    expect(ranked([byHand, byHand])).toEqual([byHand]);
  });

  it('are not lost or made up by their order', () => {
    const heard = fc.constantFrom(byHand, OWN, ERRORS, given.BY_ALERT, given.BY_REQUEST, given.BY_DEPLOYMENT);
    fc.assert(
      fc.property(fc.array(heard), (all) => {
        expect(new Set(ranked(all))).toEqual(new Set(all));
      }),
    );
  });
});

describe('the trigger that the plan is made for', () => {
  const listened = { unheard: 1, request: ERRORS } as const;
  const newer = alarm('checkout-hosts', '03:08');

  it.each<[string, Partial<Judgeable>, Request]>([
    ['the own one', {}, OWN],
    ['the one that interrupted', { verdict: asking, approval: judgeAgain }, ERRORS],
    ['the one that was found after a silence', { verdict: asking, approval: silence, listened }, ERRORS],
    ['the own one, after a silence in which none came', { verdict: asking, approval: silence }, OWN],
    [
      'the own one, where nothing could be found',
      { verdict: asking, approval: silence, listened: { Error: 'Throttled' } },
      OWN,
    ],
    [
      'the one before, after an approval',
      {
        verdict: { ...asking, plannedFor: ERRORS },
        approval: { answer: 'approved', by: 'U1', at: at('03:09') },
      },
      ERRORS,
    ],
    [
      'the one before, after a silence that means go',
      { verdict: { ...asking, onSilence: 'go', plannedFor: newer }, approval: silence, listened },
      newer,
    ],
    [
      'the one before, at a second look',
      { verdict: { ...look, plannedFor: ERRORS }, approval: judgeAgain },
      ERRORS,
    ],
    [
      'the one that interrupted, though another did before',
      { verdict: { ...asking, plannedFor: newer }, approval: judgeAgain },
      ERRORS,
    ],
  ])('is %s', (_, before, lead) => {
    expect(leadOf(rollback(before))).toEqual(lead);
  });
});

describe('how many questions ended because another trigger came', () => {
  const go: Verdict = { ...asking, onSilence: 'go' };

  it.each<[string, Pick<Judgeable, 'verdict' | 'approval'>, number]>([
    ['at first', {}, 0],
    ['while one is asked', { verdict: asking }, 0],
    ['after an interruption', { verdict: asking, approval: judgeAgain }, 1],
    ['after the third', { verdict: { ...asking, again: 2 }, approval: judgeAgain }, 3],
    ['before it could be asked', { verdict: asking, approval: { Error: 'HeardMore' } }, 1],
    ['after a silence that means stay', { verdict: asking, approval: silence }, 1],
    ['after a silence that means go', { verdict: go, approval: silence }, 0],
    ['after an approval', { verdict: asking, approval: { answer: 'approved', by: 'U', at: at('03:02') } }, 0],
    ['at a second look', { verdict: { ...look, again: 1 }, approval: judgeAgain }, 1],
  ])('%s', (_, before, again) => {
    expect(againOf(before)).toBe(again);
  });
});

describe('the deadline of a silence that means go', () => {
  const go = (clock: string, countdownSeconds = 600): Verdict => ({
    ...{ verdict: 'ask', at: at(clock), reasons: ['?'], countdownSeconds, onSilence: 'go', plan: 'a' },
  });
  const before = (verdict: Verdict, approval: Approval = judgeAgain) => ({ verdict, approval });

  it('is not put off by a later trigger', () => {
    expect(withDeadline(go('03:04'), before(go('03:01')))).toEqual(go('03:04', 420));
    const early = before(go('03:01'), { Error: 'HeardMore' });
    expect(withDeadline(go('03:04'), early)).toEqual(go('03:04', 420));
  });

  it('leaves a minute to answer, and never more than the tag says', () => {
    expect(withDeadline(go('03:11'), before(go('03:01')))).toEqual(go('03:11', 60));
    expect(withDeadline(go('03:04', 120), before(go('03:01')))).toEqual(go('03:04', 120));
  });

  it.each<[string, Verdict, { verdict?: Verdict; approval?: Approval }]>([
    ['at the first question', go('03:04'), {}],
    ['where it is no question', { ...act, at: at('03:04') }, before(go('03:01'))],
    ['where silence means stay now', { ...go('03:04'), onSilence: 'stay' } as Verdict, before(go('03:01'))],
    ['where it meant stay before', go('03:04'), before({ ...go('03:01'), onSilence: 'stay' } as Verdict)],
    ['where the plan is another', go('03:04'), before({ ...go('03:01'), plan: 'b' } as Verdict)],
    ['after another look', go('03:04'), before(look)],
    ['after the silence itself', go('03:04'), before(go('03:01'), silence)],
  ])('is a new one %s', (_, verdict, asked) => {
    expect(withDeadline(verdict, asked)).toBe(verdict);
  });
});

describe('the document as if one trigger alone had started it', () => {
  const heard: Heard = { ...ERRORS, heardAt: at('03:04') };

  it('counts the age of its alarm from its own execution', () => {
    expect(asTriggeredBy(rollback(), heard, true)).toMatchObject({
      request: heard,
      claim: { since: at('03:01'), takenUpAt: at('03:04') },
    });
    expect(asTriggeredBy(rollback(), OWN, true)).toEqual(rollback());
  });

  it('knows of the silence only where the trigger was known when it was asked', () => {
    const before = rollback({ verdict: asking, approval: silence });
    expect(asTriggeredBy(before, heard, true)).toHaveProperty('approval');
    expect(asTriggeredBy(before, heard, false)).not.toHaveProperty('approval');
    expect(asTriggeredBy(rollback({ approval: judgeAgain }), heard, false)).toHaveProperty('approval');
  });

  it('knows which were known', () => {
    const asked = rollback({ verdict: { ...asking, heard: 1 } });
    const recorded = [alarm('a', '03:02'), ERRORS];
    expect([OWN, ...recorded].map((one) => wasKnown(asked, one, recorded))).toEqual([true, true, false]);
    expect(wasKnown(rollback(), ERRORS, [ERRORS])).toBe(false);
  });
});

describe('what else is judged', () => {
  const recorded = [alarm('a', '03:02'), alarm('b', '03:03'), alarm('c', '03:04'), byHand];

  it('is at most two more, people and the newest first', () => {
    expect(othersOf(rollback(), OWN, recorded)).toEqual([byHand, alarm('c', '03:04')]);
  });

  it("is the rollback's own request first, where the plan was made for another", () => {
    expect(othersOf(rollback(), byHand, recorded)).toEqual([OWN, alarm('c', '03:04')]);
  });

  it('stands among the facts of each, all of it but the trigger itself', () => {
    expect(besides(rollback(), ERRORS, [ERRORS, byHand])).toEqual([OWN, byHand]);
  });
});

describe('a plan', () => {
  const v1: Deployment = { ...given.DEPLOYMENT, id: 'd1', state: 'completed', startedAt: at('01:00') };
  const v2: Deployment = { ...given.DEPLOYMENT, id: 'd2', startedAt: at('03:00') };
  const plan = given.planOf(undefined, { deployment: v2, recent: [v2, v1] });
  const older = alarm('checkout-latency', '02:59');

  it('is for another trigger where both suspect the same deployment', () => {
    expect(isPlanFor(plan, ERRORS, alarm('b', '03:06'))).toBe(true);
    expect(isPlanFor(plan, older, ERRORS)).toBe(false);
    expect(isPlanFor(given.planOf(), ERRORS, byHand)).toBe(true);
    expect(isPlanFor(given.withoutDeployment(), ERRORS, byHand)).toBe(true);
    expect(isPlanFor(plan, ERRORS, { ...ERRORS, revision: 'revision-7' })).toBe(false);
  });

  it('is not acted on for a trigger that accuses another deployment', () => {
    const judged = { trigger: ERRORS, verdict: act };
    expect(forThisPlan(judged, rollback({ plan }), older).verdict).toMatchObject({
      verdict: 'ask',
      onSilence: 'stay',
      against: [
        'Another trigger (alarm checkout-errors) accuses a deployment that this plan does not go back from, so a person decides.',
      ],
    });
    expect(forThisPlan(judged, rollback({ plan }), alarm('b', '03:06'))).toEqual(judged);
    expect(forThisPlan({ trigger: ERRORS, verdict: skip }, rollback({ plan }), older).verdict).toBe(skip);
  });
});

describe('an alarm that was red before the deployment', () => {
  const v1: Deployment = { ...given.DEPLOYMENT, id: 'd1', state: 'completed', startedAt: at('01:00') };
  const v2: Deployment = { ...given.DEPLOYMENT, id: 'd2', startedAt: at('03:00') };
  const plan = given.planOf(undefined, { deployment: v2, recent: [v2, v1] });
  const since = (clock: string) => ({ since: { at: at(clock), until: at(clock) } });
  const set = { ...skip, ...since('03:05'), setAside: ['checkout-latency'] };
  const concluded = (accuses: string) =>
    conclude(
      [
        { trigger: OWN, verdict: set },
        { trigger: ERRORS, verdict: { ...act, ...since(accuses) } },
      ],
      rollback({ plan }),
      OWN,
      1,
    );

  it('is set aside where another trigger accuses that deployment', () => {
    expect(concluded('03:02')).toMatchObject({ verdict: 'act', setAside: ['checkout-latency'] });
  });

  it('is not, where another deployment is accused: both alarms may show its harm', () => {
    expect(concluded('02:30')).not.toHaveProperty('setAside');
  });
});

it('the onset of the look before is that of the trigger that decided', () => {
  const since = { at: at('03:01'), until: at('03:02') };
  const before = rollback({ verdict: { ...look, since } });
  expect([sinceBefore(before, OWN), sinceBefore(before, ERRORS)]).toEqual([since, null]);
  const decided = rollback({ verdict: { ...look, since, decidedBy: ERRORS } });
  expect([sinceBefore(decided, OWN), sinceBefore(decided, ERRORS)]).toEqual([null, since]);
  expect(sinceBefore(rollback(), OWN)).toBeNull();
  expect(sinceBefore(rollback({ verdict: look }), OWN)).toBeNull();
});

describe('of several verdicts', () => {
  const go: Verdict = { ...asking, onSilence: 'go' };
  const observe: Verdict = { ...skip, verdict: 'observe' };
  const inOrder = [act, look, go, asking, observe, skip];

  it('the most willing counts, and of equals the first', () => {
    const indices = fc.array(fc.nat(inOrder.length - 1), { minLength: 1 });
    fc.assert(
      fc.property(indices, (all) => {
        const judged = all.map((index) => ({ verdict: inOrder[index]! }));
        const [first, ...rest] = judged;
        expect(mildest([first!, ...rest])).toBe(judged[all.indexOf(Math.min(...all))]);
      }),
    );
  });

  it('the milder question counts, which silence answers', () => {
    expect(mildest([{ verdict: asking }, { verdict: go }]).verdict).toBe(go);
    expect(mildest([{ verdict: observe }, { verdict: asking }, { verdict: skip }]).verdict).toBe(asking);
  });

  it('the one that counts says which trigger decided, and what a later look has to know', () => {
    const before = rollback({ verdict: { ...asking, looks: 2 }, approval: judgeAgain });
    const judged = [
      { trigger: ERRORS, verdict: act },
      { trigger: OWN, verdict: asking },
    ] as const;
    expect(conclude([...judged], before, ERRORS, 1)).toEqual({
      ...act,
      ...{ looks: 3, heard: 1, again: 1, decidedBy: ERRORS, plannedFor: ERRORS },
      reasons: ['A later trigger decides: alarm checkout-errors.', ...act.reasons],
    });
  });

  it('counts a question whose answer did not settle all', () => {
    const approval = { answer: 'approved', by: 'U1', at: at('03:09') } as const;
    const asking = {
      verdict: 'ask',
      at: at('03:10'),
      reasons: [],
      countdownSeconds: 1,
      onSilence: 'stay',
    } as const;
    const before = { ...rollback(), verdict: asking, approval };
    expect(conclude([{ trigger: OWN, verdict: asking }], before, OWN, 0)).toMatchObject({ again: 1 });
  });

  it('the first of a rollback that nothing came to is as the judge gave it', () => {
    expect(conclude([{ trigger: OWN, verdict: look }], rollback(), OWN, 0)).toEqual(look);
    expect(conclude([{ trigger: byHand, verdict: act }], rollback({ request: byHand }), byHand, 0)).toEqual(
      act,
    );
  });

  it.each<[Heard, string]>([
    [byHand, 'A later trigger decides: customers call.'],
    [{ ...given.BY_REQUEST, reason: 'It hurts. ' }, 'A later trigger decides: It hurts.'],
    [given.BY_DEPLOYMENT, 'A later trigger decides: deployment ecs-svc/42.'],
    [given.BY_LOOKOUT, 'A later trigger decides: the lookout of deployment deployment-42.'],
  ])('the one that counts names what decided: %j', (trigger, says) => {
    const verdict = conclude([{ trigger, verdict: act }], rollback(), OWN, 1);
    expect(verdict.reasons[0]).toBe(says);
    const asked = conclude([{ trigger, verdict: asking }], rollback(), OWN, 1);
    expect(asked.reasons[0]).toMatch(/^Judged again with a later trigger: /);
  });

  it('the time of all questions counts on', () => {
    const seconds = (clock: string, before: Partial<Verdict>) =>
      conclude(
        [{ trigger: OWN, verdict: { ...act, at: at(clock) } }],
        rollback({ verdict: { ...asking, at: at('03:10'), ...before } as Verdict }),
        OWN,
        0,
      ).askedSeconds;
    expect(seconds('03:14', {})).toBe(240);
    expect(seconds('03:14', { askedSeconds: 60 })).toBe(300);
    expect(seconds('03:14', { verdict: 'act', askedSeconds: 60 })).toBe(60);
    expect(seconds('03:14', { verdict: 'act' })).toBeUndefined();
    // The clock of another machine was behind.
    expect(seconds('03:09', {})).toBeUndefined();
  });

  it('the look counts on', () => {
    const second = conclude([{ trigger: OWN, verdict: look }], rollback({ verdict: look }), OWN, 0);
    expect(second).toMatchObject({ verdict: 'look-again', looks: 2 });
  });
});

describe('when the execution of a trigger started', () => {
  it.each([
    ['the start of the execution', at('03:00'), at('03:00')],
    ['the claim, where the start is not known', undefined, at('03:09')],
    ['the claim, where the execution was redriven', at('02:30'), at('03:09')],
    ['the claim, where the start lies after it', at('03:10'), at('03:09')],
  ])('is %s', (_, started, expected) => {
    expect(takenUpAt(at('03:09'), started)).toBe(expected);
  });
});
