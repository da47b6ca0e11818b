import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbout, replyTo, waitingAmong } from '../../../../src/rollback/storm/listing.ts';
import { broughtBy, type Member, type StormAnswer } from '../../../../src/rollback/storm/member.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import { summaryOf } from '../../../../src/rollback/storm/summary.ts';
import { after } from '../../../../src/rollback/time.ts';
import { AT, ready, request } from '../documents.ts';
import { omit } from '../judge-facts.ts';

const question = {
  ...{ plan: 'plan', askedAt: AT, answerBy: after(AT, 600), own: true, approvals: 1 as const },
};
const answer: StormAnswer = { choice: 'all', by: 'slack:U1', at: AT, list: 'list' };

function member(more: Partial<Member> = {}): Member {
  return {
    ...{ target: 'ecs:prod/a', at: AT, execution: 'one', role: 'member', state: 'waiting' },
    ...{ deploys: [], question },
    ...more,
  };
}

const approved = { ...answer, as: 'approved' as const };

describe('the summary of a storm', () => {
  const image = { by: 'image', id: 'base', name: 'shop/base:42' } as const;
  const lately = { deployedAt: after(AT, -1800), deploys: [image] };
  const members = [
    ...['a', 'b', 'c'].map((name) => member({ target: `ecs:prod/${name}`, ...lately, listed: 1 })),
    member({ target: 'ecs:prod/d', deployedAt: after(AT, -7200), state: 'going-back', role: 'first' }),
    member({ target: 'ecs:prod/e', state: 'failed-dirty' }),
  ];
  const listed = members.slice(0, 3);

  it('says how many alarm, and what those share that were deployed within the hour', () => {
    const summary = summaryOf({ since: AT, members, listed, answer: null });
    expect(summary.says).toBe(
      '5 targets alarm since 03:00 UTC; 3 had a deployment within the hour, 3 of them the same image shop/base:42.',
    );
    expect(summary).toMatchObject({
      ...{ state: 'asking', alarming: 5, deployedWithinHour: 3, choices: { all: 3, own: 3 } },
      ...{ answerBy: question.answerBy, shared: { by: 'image', targets: 3 }, dirty: ['ecs:prod/e'] },
      counts: { waiting: 3, goingBack: 1, failedDirty: 1, rolledBack: 0, skipped: 0, failedClean: 0 },
    });
    expect(summary).not.toHaveProperty('answer');
  });

  it('names the frozen ones among those that it asks about', () => {
    const frozen = { ...question, frozen: true as const };
    const some = (count: number) =>
      Array.from({ length: count }, (_, k) => member({ target: `ecs:prod/f${k}`, question: frozen }));
    const saysOf = (count: number) =>
      summaryOf({ since: AT, members, listed: [...listed, ...some(count)], answer: null }).says;
    expect(saysOf(1)).toMatch(/ Frozen: ecs:prod\/f0\.$/);
    expect(saysOf(12)).toMatch(/ecs:prod\/f7 and 2 more\.$|ecs:prod\/f9 and 2 more\.$/);
  });

  it('says so where nothing was deployed', () => {
    const summary = summaryOf({ since: AT, members: [member({})], listed: [], answer: null });
    expect(summary.says).toBe('1 target alarms since 03:00 UTC; none had a deployment within the hour.');
    expect(summary.state).toBe('answered');
  });

  it('leaves out when to answer where the questions have no end, and what has no answer', () => {
    const silent = omit(member({ listed: 1 }), 'question');
    const summary = summaryOf({ since: AT, members: [silent], listed: [silent], answer: null });
    expect(summary).not.toHaveProperty('answerBy');
    expect(summary.choices).toEqual({ all: 1, own: 0 });
  });

  it('counts whom an answer "none" reached', () => {
    const none = { ...answer, choice: 'none' as const };
    const all = [
      member({ state: 'skipped', answered: { ...none, as: 'denied' } }),
      member({ answered: approved }),
    ];
    expect(summaryOf({ since: AT, members: all, listed: [], answer: none }).answer?.targets).toBe(1);
  });

  it('counts whom an answer reached, and whom it left out', () => {
    const all = [
      member({ state: 'answered', answered: approved }),
      member({ state: 'rolled-back', answered: approved }),
      member({ state: 'answered', answered: { ...answer, as: 'denied' } }),
      member({ leftOut: { list: 'list', why: 'forbidden' } }),
      member({ leftOut: { list: 'list', why: 'two-people' } }),
      member({ leftOut: { list: 'another', why: 'two-people' } }),
    ];
    expect(summaryOf({ since: AT, members: all, listed: [], answer }).answer).toEqual({
      ...answer,
      targets: 2,
      leftOut: { forbidden: 1, twoPeople: 1 },
    });
  });

  it('has ended when all have, or when its time is over', () => {
    const ended = [member({ state: 'skipped' }), member({ state: 'rolled-back' })];
    expect(summaryOf({ since: AT, members: ended, listed: [], answer }).state).toBe('ended');
    expect(summaryOf({ since: AT, members, listed, answer, isOver: true }).state).toBe('ended');
  });

  it('gathers while targets still join, unless it has ended', () => {
    const of = (all: readonly Member[]) =>
      summaryOf({ since: AT, members: all, listed: [], answer: null, isGathering: true }).state;
    expect(of(members)).toBe('gathering');
    expect(of([member({ state: 'skipped' })])).toBe('ended');
  });

  it('counts the questions that had no answer, and no others', () => {
    const unasked: Member = {
      ...{ target: 'ecs:prod/a', at: AT, execution: 'one', role: 'first', state: 'skipped', deploys: [] },
    };
    const all = [
      member({ state: 'skipped' }),
      member({ state: 'skipped', answered: { ...answer, as: 'denied' } }),
      member({ state: 'rolled-back' }),
      unasked,
    ];
    expect(summaryOf({ since: AT, members: all, listed: [], answer: null }).unanswered).toBe(1);
  });
});

const STATES = ['judging', 'waiting', 'answered', 'going-back', 'skipped', 'failed-clean'] as const;

const anyMember = fc
  .record({
    state: fc.constantFrom<Member['state']>(...STATES),
    listed: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    answered: fc.constantFrom(undefined, approved, { ...approved, again: true as const }),
    target: fc.string(),
  })
  .map(({ listed, answered, ...more }) =>
    member({ ...more, ...(listed !== undefined && { listed }), ...(answered && { answered }) }),
  );

/** Answers to some of four lists. */
const anyAnswers = fc
  .record({ numbers: fc.subarray([1, 2, 3, 4]), done: fc.array(fc.integer({ min: 1, max: 4 })) })
  .map(({ numbers, done }) =>
    numbers.map((number, index) => ({
      ...{ number, from: numbers[index - 1] ?? 0 },
      ...(done.includes(number) && { done: true as const }),
    })),
  );

describe('the members that wait', () => {
  it('are each in one group, except where an unfinished answer is about them', () => {
    fc.assert(
      fc.property(fc.array(anyMember), anyAnswers, (members, answers) => {
        const { listed, unlisted, owed } = waitingAmong(members, answers);
        const waiting = members.filter(({ state }) => state === 'waiting');
        const onTheirWay = waiting.filter(
          (one) =>
            one.answered === undefined &&
            answers.some((answer) => answer.done !== true && isAbout(answer, one)),
        );
        expect(listed.length + unlisted.length + owed.length + onTheirWay.length).toBe(waiting.length);
        for (const one of listed) {
          expect(one.listed).toBeGreaterThan(answers.at(-1)?.number ?? 0);
          expect([...unlisted, ...onTheirWay]).not.toContain(one);
        }
        for (const one of onTheirWay) expect(unlisted).not.toContain(one);
      }),
    );
  });

  it('have one answer about them at most', () => {
    fc.assert(
      fc.property(anyMember, anyAnswers, (one, answers) => {
        const about = answers.filter((answer) => isAbout(answer, one));
        expect(about.length).toBeLessThanOrEqual(1);
        expect(about).toEqual(answers.filter(({ number }) => number >= (one.listed ?? 5)).slice(0, 1));
      }),
    );
  });

  it('are owed an answer that came while they planned, once', () => {
    const [one, twice] = [
      member({ listed: 1, answered: approved }),
      member({ listed: 1, answered: { ...approved, again: true } }),
    ];
    const sending = [{ number: 1, from: 0 }];
    expect(waitingAmong([one], sending).owed).toHaveLength(1);
    expect(waitingAmong([twice], sending)).toMatchObject({ owed: [], unlisted: [twice] });
  });
});

describe('an answer', () => {
  it.each([
    ['all', true, { as: 'approved' }],
    ['all', false, { as: 'approved' }],
    ['own', true, { as: 'approved' }],
    ['own', false, { as: 'denied' }],
    ['none', true, { as: 'denied' }],
  ] as const)('%s of a member with own proof %s', (choice, own, reply) => {
    expect(replyTo(member({ question: { ...question, own } }), { ...answer, choice }, true)).toEqual(reply);
  });

  it('reaches no target that the person may not touch', () => {
    for (const choice of ['all', 'own', 'none'] as const)
      expect(replyTo(member(), { ...answer, choice }, false)).toEqual({ leftOut: 'forbidden' });
  });

  it('needs two people in Slack where the owner says so', () => {
    const two = member({ question: { ...question, approvals: 2 } });
    const leftOut = { leftOut: 'two-people' };
    expect(replyTo(two, answer, true)).toEqual({ ...leftOut, agreed: 'slack:U1' });
    const once = { ...two, agreed: 'slack:U1' };
    expect(replyTo(once, answer, true)).toEqual({ ...leftOut, agreed: 'slack:U1' });
    expect(replyTo(once, { ...answer, by: 'slack:U2' }, true)).toEqual({ as: 'approved' });
    expect(replyTo(once, { ...answer, by: 'cli:ada' }, true)).toEqual(leftOut);
    expect(replyTo(two, { ...answer, choice: 'none' }, true)).toEqual({ as: 'denied' });
  });
});

describe('the deployment of a member', () => {
  const deployment: Deployment = {
    ...{ id: 'd', state: 'completed', startedAt: after(AT, -4000), finishedAt: after(AT, -3000) },
    ...{ revision: ready.from, isRollback: false },
  };

  it('counts from its end, and to the plan while it is in flight', () => {
    expect(broughtBy({ request, plan: { ...ready, deployment } })).toEqual({
      deploys: [],
      deployedAt: after(AT, -3000),
    });
    const inFlight = { ...deployment, state: 'in-flight' } as const;
    expect(broughtBy({ request, plan: { ...ready, deployment: inFlight } }).deployedAt).toBe(AT);
    expect(broughtBy({ request, plan: ready })).toEqual({ deploys: [] });
    const nothing = { state: 'nothing-to-do', at: AT, tags: {}, reason: 'so' } as const;
    expect(broughtBy({ request, plan: nothing })).toEqual({ deploys: [] });
  });
});
