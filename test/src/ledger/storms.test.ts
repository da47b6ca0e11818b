import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStorms } from '../../../src/ledger/dynamodb.ts';
import type { Held, Storms } from '../../../src/ledger/storms.ts';
import type { InStorm } from '../../../src/rollback/storm/arrivals.ts';
import type { Member, MemberQuestion } from '../../../src/rollback/storm/member.ts';
import { after } from '../../../src/rollback/time.ts';
import { startTables, type Tables } from './tables.ts';

const NOW = '2026-11-22T02:14:00.000Z';
const MOST = 5;

let tables: Tables;
let storms: Storms;
beforeAll(async () => (tables = await startTables()));
afterAll(() => tables.close());
beforeEach(async () => {
  storms = createStorms(tables.client, await tables.claimsTable());
});

const targetOf = (number: number) => `ecs:prod/service-${number}`;

/** Lets alarms arrive, all at once. */
function arriving(from: number, to: number, seconds = 0): Promise<readonly (InStorm | null)[]> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return Promise.all(
    numbers.map((number) =>
      storms.arrive({ target: targetOf(number), at: after(NOW, seconds) }, `run-${number}`, MOST, NOW),
    ),
  );
}

const rolesOf = (all: readonly (InStorm | null)[]) => all.map((one) => one?.role ?? 'alone');

describe('alarms that arrive', () => {
  it('are the first until there are too many, and then one storm', async () => {
    await arriving(0, 5);
    const members = await arriving(5, 8, 30);
    expect(rolesOf(members)).toEqual(['member', 'member', 'member']);
    expect(new Set(members.map((one) => one?.id)).size).toBe(1);
    expect(members[0]?.since).toBe(NOW);
    const found = await storms.members(members[0]!.id);
    expect(found.map(({ target }) => target).sort()).toEqual([5, 6, 7].map(targetOf));
    expect(found[0]).toMatchObject({ state: 'judging', role: 'member', deploys: [] });
  });

  it('have five first ones, however many arrive at the same moment', async () => {
    const all = await arriving(0, 40);
    expect(rolesOf(all).filter((role) => role === 'first')).toHaveLength(MOST);
    expect(rolesOf(all).filter((role) => role === 'member')).toHaveLength(35);
    expect(new Set(all.map((one) => one?.id)).size).toBe(1);
    expect(await storms.members(all[0]!.id)).toHaveLength(35);
  });

  it('begin anew after a gap, where fewer than the parameter allows have alarmed lately', async () => {
    await arriving(0, 6);
    expect(rolesOf(await arriving(6, 7, 120))).toEqual(['member']);
    const [later] = await arriving(7, 8, 310);
    expect(later).toMatchObject({ role: 'first' });
    expect((await arriving(8, 9, 320))[0]).toEqual({ ...later, since: after(NOW, 120) });
  });

  it('say beforehand whether another one may be a member', async () => {
    const isUnderWay = (seconds: number) => storms.isUnderWay(MOST, after(NOW, seconds));
    await arriving(0, 4);
    expect(await isUnderWay(0)).toBe(false);
    await arriving(4, 5);
    expect([await isUnderWay(300), await isUnderWay(301)]).toEqual([true, false]);
    await arriving(5, 6, 60);
    expect([await isUnderWay(360), await isUnderWay(361)]).toEqual([true, false]);
  });

  it('have the same place in a retry', async () => {
    const all = await arriving(0, 7);
    expect(await arriving(0, 7)).toEqual(all);
    expect(await storms.members(all[0]!.id)).toHaveLength(2);
  });

  it('keep the id of those that remain, when an earlier alarm is too old', async () => {
    const [first] = await arriving(0, 1);
    await arriving(1, 5, 250);
    const [later] = await arriving(5, 6, 310);
    expect(later).toMatchObject({ role: 'first', id: first!.id });
    const [member] = await arriving(6, 7, 320);
    expect(member).toMatchObject({ role: 'member', id: first!.id, since: after(NOW, 250) });
  });

  it('gather anew after five quiet minutes', async () => {
    const [before] = await arriving(0, 7);
    const [later] = await arriving(7, 8, 301);
    expect(later?.role).toBe('first');
    expect(later?.id).not.toBe(before?.id);
  });
});

const STORM: InStorm = { id: 'one', role: 'member', since: NOW };
const held = (number: number): Held => ({
  ...{ target: targetOf(number), at: NOW, execution: `run-${number}`, storm: STORM },
});
const question = (plan: string): MemberQuestion => ({
  ...{ plan, askedAt: NOW, answerBy: after(NOW, 600), own: true, approvals: 1 as const },
});

async function memberOf(number: number): Promise<Member> {
  return (await storms.members('one')).find(({ target }) => target === targetOf(number))!;
}

describe('a member', () => {
  const answer = {
    ...{ choice: 'all' as const, by: 'slack:U1', at: NOW, list: 'digest', as: 'approved' as const },
  };

  it('goes from its question over its list and its answer to its end', async () => {
    await storms.judged(held(1), { deploys: [] }, false, NOW);
    expect(await memberOf(1)).toMatchObject({ state: 'judging' });
    await storms.asks(held(1), question('plan'), { deploys: [], deployedAt: NOW }, NOW);
    const asked = await memberOf(1);
    expect(asked).toMatchObject({ state: 'waiting', question: question('plan'), deployedAt: NOW });
    expect(await storms.list('one', asked, 3)).toBe(true);
    expect(await storms.list('one', asked, 4)).toBe(false);
    const listed = await memberOf(1);
    expect(listed).toMatchObject({ listed: 3 });
    expect(await storms.answerMember('one', listed, answer)).toBe(true);
    expect(await storms.answerMember('one', listed, { ...answer, as: 'denied' })).toBe(false);
    expect(await memberOf(1)).toMatchObject({ state: 'answered', answered: answer });
    await storms.judged(held(1), { deploys: [] }, true, NOW);
    expect(await memberOf(1)).toMatchObject({ state: 'going-back' });
    await storms.ended(held(1), 'rolled-back', NOW);
    expect(await memberOf(1)).toMatchObject({ state: 'rolled-back' });
  });

  it('stays ended when a write that was given up completes later', async () => {
    await storms.judged(held(1), { deploys: [] }, false, NOW);
    await storms.ended(held(1), 'rolled-back', NOW);
    await storms.judged(held(1), { deploys: [] }, true, NOW);
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    expect(await memberOf(1)).toMatchObject({ state: 'rolled-back', endedAt: NOW });
  });

  it('begins anew with a later alarm, which no write of the earlier one replaces', async () => {
    const later = { ...held(1), execution: 'run-later', at: after(NOW, 60) };
    await storms.judged(held(1), { deploys: [] }, true, NOW);
    await storms.ended(held(1), 'rolled-back', NOW);
    await storms.judged(later, { deploys: [] }, true, NOW);
    await storms.judged(held(1), { deploys: [] }, true, NOW);
    expect(await memberOf(1)).toMatchObject({ execution: 'run-later', state: 'going-back' });
    await storms.asks(later, question('plan'), { deploys: [] }, NOW);
    expect(await memberOf(1)).toMatchObject({ state: 'waiting' });
  });

  it('keeps its list and its answer while its plan stays the same', async () => {
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    await storms.list('one', await memberOf(1), 1);
    await storms.answerMember('one', await memberOf(1), answer);
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    expect(await memberOf(1)).toMatchObject({ state: 'waiting', listed: 1, answered: answer });
    expect(await storms.answerMember('one', await memberOf(1), { ...answer, again: true })).toBe(true);
    await storms.asks(held(1), question('another plan'), { deploys: [] }, NOW);
    const anew = await memberOf(1);
    expect(anew).toMatchObject({ state: 'waiting', question: { plan: 'another plan' } });
    expect(anew).not.toHaveProperty('listed');
    expect(anew).not.toHaveProperty('answered');
  });

  it('keeps neither where a freeze came since: the answer did not know of it', async () => {
    const frozen = { ...question('plan'), frozen: true as const };
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    await storms.list('one', await memberOf(1), 1);
    await storms.answerMember('one', await memberOf(1), answer);
    await storms.asks(held(1), frozen, { deploys: [] }, NOW);
    const anew = await memberOf(1);
    expect(anew).toMatchObject({ state: 'waiting', question: { frozen: true } });
    expect([anew.listed, anew.answered]).toEqual([undefined, undefined]);
    await storms.list('one', anew, 2);
    await storms.asks(held(1), frozen, { deploys: [] }, NOW);
    expect(await memberOf(1)).toMatchObject({ listed: 2 });
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    expect(await memberOf(1)).toMatchObject({ listed: 2 });
  });

  it('is listed again only as it was read, and then gets no answer to the list before', async () => {
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    await storms.list('one', await memberOf(1), 1);
    const missed = await memberOf(1);
    expect(await storms.list('one', missed, 2)).toBe(true);
    expect(await storms.list('one', missed, 3)).toBe(false);
    expect(await storms.answerMember('one', missed, answer)).toBe(false);
    expect(await storms.answerMember('one', await memberOf(1), answer)).toBe(true);
  });

  it('is not listed or answered about a plan that has changed', async () => {
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    const before = await memberOf(1);
    await storms.asks(held(1), question('another plan'), { deploys: [] }, NOW);
    expect(await storms.list('one', before, 1)).toBe(false);
    expect(await storms.answerMember('one', before, answer)).toBe(false);
  });

  it('that an answer leaves out is on no list', async () => {
    await storms.asks(held(1), question('plan'), { deploys: [] }, NOW);
    await storms.list('one', await memberOf(1), 1);
    await storms.leaveOut('one', await memberOf(1), 'digest', 'two-people', 'slack:U1');
    const left = await memberOf(1);
    expect(left).toMatchObject({ leftOut: { list: 'digest', why: 'two-people' }, agreed: 'slack:U1' });
    expect(left).not.toHaveProperty('listed');
  });

  it('is read once, page by page', async () => {
    for (let number = 0; number < 30; number++) await storms.judged(held(number), { deploys: [] }, true, NOW);
    const found: string[] = [];
    let next: string | undefined;
    do {
      const page = await storms.page('one', 7, next);
      expect(page.members.length).toBeLessThanOrEqual(7);
      found.push(...page.members.map(({ target }) => target));
      next = page.next;
    } while (next !== undefined);
    expect(found.sort()).toEqual(Array.from({ length: 30 }, (_, number) => targetOf(number)).sort());
  });
});

describe('a storm', () => {
  const answer = { choice: 'all', by: 'slack:U1', at: NOW, list: 'first list' } as const;
  const publish = (digest: string, number: number) => storms.publishList('one', { digest, number, at: NOW });

  it('is opened once, and is unended until its generation ends', async () => {
    expect(await storms.open('one', NOW, NOW)).toMatchObject({ since: NOW, generation: 1, number: 0 });
    expect(await storms.open('one', after(NOW, 60), NOW)).toMatchObject({ since: NOW });
    await storms.seen('one', 1, NOW);
    expect((await storms.unended(5)).map(({ id }) => id)).toEqual(['one']);
    expect(await storms.endGeneration('one', 1, NOW)).toBe(true);
    expect(await storms.endGeneration('one', 1, NOW)).toBe(false);
    expect(await storms.unended(5)).toEqual([]);
    expect(await storms.read('one')).toMatchObject({ generation: 2, endedAt: NOW });
    await storms.seen('one', 2, NOW);
    expect(await storms.unended(5)).toHaveLength(1);
  });

  it('takes one answer to a list, and the same answer again', async () => {
    await storms.open('one', NOW, NOW);
    expect(await storms.answer('one', answer)).toEqual({ is: 'unknown' });
    await publish('first list', 1);
    expect(await storms.answer('one', answer)).toEqual({ is: 'taken', number: 1 });
    expect(await storms.answer('one', { ...answer, at: after(NOW, 9) })).toEqual({ is: 'taken', number: 1 });
    const other = { ...answer, choice: 'none', by: 'slack:U2' } as const;
    expect(await storms.answer('one', other)).toMatchObject({ is: 'answered', answer });
    expect(await storms.listOf('one', 'first list')).toMatchObject({ number: 1, answer });
  });

  it('takes an answer to an older list, and none after a newer one was answered', async () => {
    await storms.open('one', NOW, NOW);
    await publish('first list', 1);
    await publish('second list', 2);
    await publish('third list', 3);
    const newer = { ...answer, list: 'second list' };
    expect(await storms.answer('one', newer)).toEqual({ is: 'taken', number: 2 });
    expect(await storms.answer('one', answer)).toMatchObject({ is: 'answered', answer: newer });
    expect(await storms.answer('one', { ...answer, list: 'third list' })).toMatchObject({ is: 'taken' });
  });

  it('keeps each answer open until it was sent to all', async () => {
    await storms.open('one', NOW, NOW);
    await publish('first list', 1);
    await publish('second list', 2);
    await storms.answer('one', answer);
    await storms.answer('one', { ...answer, list: 'second list' });
    await storms.answerDone('one', 'second list');
    await storms.answerDone('one', 'second list');
    await storms.answerDone('one', 'no list');
    const second = { ...answer, list: 'second list', number: 2, from: 1 };
    expect((await storms.read('one'))?.answers).toEqual([
      { ...answer, number: 1, from: 0 },
      { ...second, done: true },
    ]);
    await storms.answerDone('one', 'first list');
    expect((await storms.read('one'))?.answers.map(({ done }) => done)).toEqual([true, true]);
  });

  it('gives no member two answers that are taken at once', async () => {
    await storms.open('one', NOW, NOW);
    const lists = ['first list', 'second list', 'third list'];
    for (const [index, list] of lists.entries()) await publish(list, index + 1);
    await Promise.all(lists.map((list) => storms.answer('one', { ...answer, list })));
    const { answers = [] } = (await storms.read('one')) ?? {};
    expect(answers.at(-1)?.number).toBe(3);
    expect(answers.map(({ from }) => from)).toEqual([0, ...answers.map(({ number }) => number).slice(0, -1)]);
  });

  it('asks nothing once its list is gone', async () => {
    await storms.open('one', NOW, NOW);
    await publish('first list', 1);
    await storms.show('one', { says: 'so' }, 'first list');
    expect(await storms.read('one')).toMatchObject({ list: 'first list', shown: { says: 'so' } });
    await storms.show('one', { says: 'so' }, undefined);
    expect(await storms.read('one')).not.toHaveProperty('list');
  });
});
