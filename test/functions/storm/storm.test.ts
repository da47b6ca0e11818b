import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dueIn, isOverAt } from '../../../functions/storm/deadlines.ts';
import type { Member } from '../../../src/rollback/storm/member.ts';
import { after } from '../../../src/rollback/time.ts';
import { startTables, type Tables } from '../../src/ledger/tables.ts';
import { openStorm, START, STORM, targetOf } from './play.ts';

let tables: Tables;
let storm: Awaited<ReturnType<typeof openStorm>>;
beforeAll(async () => (tables = await startTables()));
afterAll(() => tables.close());
beforeEach(async () => (storm = await openStorm(tables)));

const targets = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => targetOf(from + index)).sort();

describe('a look at a storm', () => {
  it('lists the members that wait, and asks one question for them', async () => {
    await storm.asks(0, 5);
    await storm.asks(5, 7, { own: false });
    expect(await storm.look()).toEqual({ storm: STORM, generation: 1, seconds: 15 });
    expect(storm.published).toHaveLength(1);
    expect(storm.last()).toMatchObject({
      ...{ state: 'asking', alarming: 7, choices: { all: 7, own: 5 }, answerBy: after(START, 615) },
      ...{ list: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, examples: targets(0, 7) },
    });
  });

  it('asks nothing while targets still join, so that one question is about all of them', async () => {
    for (let second = 0; second < 30; second += 5) {
      await storm.asks(second, second + 5, { agoSeconds: 0 });
      expect(await storm.look()).toMatchObject({ seconds: 5 });
      expect(storm.last()).toMatchObject({ state: 'gathering', alarming: second + 5, choices: { all: 0 } });
      expect(storm.last()).not.toHaveProperty('list');
      storm.wait(5);
    }
    storm.wait(5);
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 30 } });
  });

  it('waits no longer than 90 seconds after the first alarm, and not at all for a further list', async () => {
    storm.wait(74);
    await storm.asks(0, 1, { agoSeconds: 0 });
    await storm.look();
    expect(storm.last().state).toBe('gathering');
    storm.wait(1);
    await storm.asks(1, 2, { agoSeconds: 0 });
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 2 } });
    await storm.asks(2, 3, { agoSeconds: 0 });
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 3 } });
  });

  it('publishes nothing where nothing is new, and a later member with a new list', async () => {
    await storm.asks(0, 3);
    await storm.look();
    const before = storm.last();
    storm.wait(15);
    await storm.look();
    expect(storm.published).toHaveLength(1);
    await storm.asks(3, 4);
    await storm.look();
    expect(storm.last()).toMatchObject({ choices: { all: 4 } });
    expect(storm.last().list).not.toBe(before.list);
  });

  it('asks after all when the look before failed between its members and their list', async () => {
    await storm.asks(0, 3);
    vi.spyOn(storm.storms, 'publishList').mockRejectedValueOnce(new Error('throttled'));
    await expect(storm.look()).rejects.toThrow('throttled');
    expect(storm.published).toEqual([]);
    await storm.look();
    const { list = '' } = storm.last();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 3 } });
    expect(await storm.answers('all', 'slack:U1', list)).toEqual({ is: 'taken', number: 1 });
    expect(storm.repliesTo()).toEqual(targets(0, 3));
  });

  it('asks about all that wait when a look has failed before a further list', async () => {
    await storm.asks(0, 2);
    await storm.look();
    await storm.asks(2, 3);
    vi.spyOn(storm.storms, 'publishList').mockRejectedValueOnce(new Error('throttled'));
    await expect(storm.look()).rejects.toThrow('throttled');
    await storm.look();
    const { list = '' } = storm.last();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 3 } });
    expect(await storm.answers('all', 'slack:U1', list)).toEqual({ is: 'taken', number: 2 });
    expect(storm.repliesTo()).toEqual(targets(0, 3));
  });

  it('asks with a list of its own where an answer has removed a newer one', async () => {
    await storm.asks(0, 2);
    await storm.look();
    const { list: before } = storm.last();
    await storm.storms.show(STORM, { ...storm.last(), state: 'answered' }, undefined);
    await storm.look();
    expect(storm.last()).toMatchObject({
      state: 'asking',
      list: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
    expect(storm.last().list).not.toBe(before);
    await storm.answers('all', 'slack:U1', storm.last().list ?? '');
    expect(storm.repliesTo()).toEqual(targets(0, 2));
  });

  it('does not ask about a list that was answered during it', async () => {
    await storm.asks(0, 2);
    const publishList = storm.storms.publishList.bind(storm.storms);
    vi.spyOn(storm.storms, 'publishList').mockImplementationOnce(async (id, list) => {
      await publishList(id, list);
      await storm.takes('all', 'slack:U1', list.digest);
    });
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'answered', choices: { all: 0 } });
    expect(storm.last()).not.toHaveProperty('list');
  });

  it('ends when all rollbacks have, and then looks no more', async () => {
    await storm.asks(0, 2);
    await storm.look();
    await storm.end(0, 'rolled-back');
    await storm.end(1, 'failed-dirty');
    expect(await storm.look()).toEqual({ storm: STORM, generation: 1 });
    expect(storm.last()).toMatchObject({
      ...{ state: 'ended', counts: { rolledBack: 1, failedDirty: 1 }, dirty: [targetOf(1)] },
      choices: { all: 0, own: 0 },
    });
    expect(storm.last()).not.toHaveProperty('list');
    expect(storm.tended).toEqual([]);
    expect(await storm.look()).toEqual({ storm: STORM, generation: 1 });
  });

  it('reads the end of a rollback that crashed after its countdown', async () => {
    await storm.asks(0, 1);
    await storm.look();
    storm.ends.set(targetOf(0), 'failed-dirty');
    storm.wait(601);
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'ended', counts: { failedDirty: 1, waiting: 0 } });
  });

  it('gives up a rollback that does not end, and counts it as it is', async () => {
    await storm.asks(0, 1);
    await storm.look();
    storm.wait(600 + 5 * 3600 + 1);
    expect(await storm.look()).not.toHaveProperty('seconds');
    expect(storm.last()).toMatchObject({ state: 'ended', counts: { waiting: 1 } });
  });

  it('is every minute after the first', () => {
    const due = (state: Member['state'], seconds: number) =>
      dueIn([{ state } as Member], START, after(START, seconds));
    expect([0, 59, 60, 600].map((seconds) => due('waiting', seconds))).toEqual([15, 15, 60, 60]);
    expect([0, 60, 599, 600].map((seconds) => due('judging', seconds))).toEqual([15, 15, 15, 60]);
    expect(isOverAt([], START)).toBe(false);
  });
});

describe('an answer', () => {
  it('reaches exactly the listed plans, as an approval of each', async () => {
    await storm.asks(0, 3);
    await storm.look();
    const { list = '' } = storm.last();
    await storm.asks(3, 4);
    await storm.answers('all', 'slack:U1', list);
    expect(storm.repliesTo()).toEqual(targets(0, 3));
    expect(storm.replies[0]?.answer).toEqual({
      ...{ answer: 'approved', by: 'slack:U1', at: after(START, 15), plan: 'plan' },
    });
    expect(storm.last()).toMatchObject({ state: 'answered', answer: { choice: 'all', by: 'slack:U1' } });
    await storm.look();
    expect(storm.last()).toMatchObject({
      ...{ state: 'asking', choices: { all: 1 }, examples: [targetOf(3)], answer: { targets: 3, list } },
    });
  });

  it('gives each that goes back its turn to plan, where the reads of AWS are scarce', async () => {
    await storm.asks(0, 1, { own: true });
    await storm.asks(1, 2, { own: false });
    await storm.look();
    storm.turn.given = { at: after(START, 60), quota: 'ecs service read', ahead: 40 };
    await storm.answers('own', 'slack:U1', storm.last().list ?? '');
    const turnOf = (number: number) =>
      storm.replies.find(({ target }) => target === targetOf(number))?.answer;
    expect(turnOf(0)).toMatchObject({ answer: 'approved', turn: { at: after(START, 60) } });
    expect(turnOf(1)).toMatchObject({ answer: 'denied' });
    expect(turnOf(1)).not.toHaveProperty('turn');
  });

  it('to those with their own proof denies the others', async () => {
    await storm.asks(0, 2);
    await storm.asks(2, 3, { own: false });
    await storm.look();
    await storm.answers('own', 'slack:U1', storm.last().list ?? '');
    const answers = storm.replies.map(({ target, answer }) => [
      target,
      (answer as { answer: string }).answer,
    ]);
    expect(Object.fromEntries(answers)).toEqual({
      [targetOf(0)]: 'approved',
      [targetOf(1)]: 'approved',
      [targetOf(2)]: 'denied',
    });
    await storm.look();
    expect(storm.last().answer?.targets).toBe(2);
  });

  it('to an older list reaches those that were on it', async () => {
    await storm.asks(0, 2);
    await storm.look();
    const { list = '' } = storm.last();
    await storm.asks(2, 4);
    await storm.look();
    await storm.answers('none', 'slack:U1', list);
    expect(storm.repliesTo()).toEqual(targets(0, 2));
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 2 } });
  });

  it('reaches no member of an earlier list, whose own answer is still on its way', async () => {
    await storm.asks(0, 2);
    await storm.look();
    const { list: first = '' } = storm.last();
    await storm.takes('none', 'slack:U1', first);
    await storm.asks(2, 4);
    await storm.look();
    const { list: second = '' } = storm.last();
    expect(storm.last()).toMatchObject({ choices: { all: 2 }, examples: targets(2, 4) });
    await storm.answers('all', 'slack:U2', second);
    expect(storm.repliesTo()).toEqual(targets(2, 4));
    storm.wait(120);
    await storm.look();
    expect(storm.resent).toEqual([`${first} 1`]);
    await storm.sends(first);
    const denied = storm.replies.filter(({ answer }) => (answer as { answer: string }).answer === 'denied');
    expect(denied.map(({ target }) => target).sort()).toEqual(targets(0, 2));
    storm.wait(120);
    await storm.look();
    expect(storm.resent).toHaveLength(1);
  });

  it('that misses a member between two questions leaves it to the next list', async () => {
    await storm.asks(0, 2);
    await storm.look();
    storm.questions.delete(targetOf(1));
    await storm.answers('all', 'slack:U1', storm.last().list ?? '');
    expect(storm.repliesTo()).toEqual([targetOf(0)]);
    await storm.asks(1, 2);
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 1 }, examples: [targetOf(1)] });
    await storm.answers('all', 'slack:U1', storm.last().list ?? '');
    expect(storm.repliesTo()).toEqual(targets(0, 2));
  });

  it('is taken once for each list', async () => {
    await storm.asks(0, 2);
    await storm.look();
    const { list = '' } = storm.last();
    await storm.answers('none', 'slack:U1', list);
    expect(await storm.answers('all', 'slack:U2', list)).toMatchObject({
      ...{ is: 'answered', answer: { choice: 'none', by: 'slack:U1' } },
    });
    expect(storm.replies).toHaveLength(2);
  });

  it('leaves out targets that the person may not touch, and asks about them again', async () => {
    await storm.asks(0, 3);
    await storm.look();
    const { list } = storm.last();
    storm.forbidden.add(`U1 ${targetOf(2)}`);
    await storm.answers('all', 'slack:U1', list ?? '');
    expect(storm.repliesTo()).toEqual(targets(0, 2));
    await storm.look();
    expect(storm.last()).toMatchObject({
      ...{ state: 'asking', choices: { all: 1 }, answer: { leftOut: { forbidden: 1, twoPeople: 0 } } },
    });
    await storm.answers('all', 'slack:U2', storm.last().list ?? '');
    expect(storm.repliesTo()).toEqual(targets(0, 3));
  });

  it('of two people reaches a target that needs both', async () => {
    await storm.asks(0, 1, { approvals: 2 });
    await storm.asks(1, 2);
    await storm.look();
    await storm.answers('all', 'slack:U1', storm.last().list ?? '');
    await storm.look();
    expect(storm.last()).toMatchObject({ answer: { leftOut: { twoPeople: 1 } }, choices: { all: 1 } });
    await storm.answers('all', 'slack:U1', storm.last().list ?? '');
    expect(storm.repliesTo()).toEqual([targetOf(1)]);
    await storm.look();
    await storm.answers('all', 'slack:U2', storm.last().list ?? '');
    expect(storm.repliesTo()).toEqual(targets(0, 2));
  });

  it('does not reach a plan that has changed since', async () => {
    await storm.asks(0, 2);
    await storm.look();
    const { list = '' } = storm.last();
    await storm.asks(1, 2, { plan: 'another plan' });
    await storm.answers('all', 'slack:U1', list);
    expect(storm.repliesTo()).toEqual([targetOf(0)]);
    await storm.look();
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 1 } });
  });

  it('is sent again, once, to a member that planned again and asks about the same plan', async () => {
    await storm.asks(0, 1);
    await storm.look();
    storm.late.add(targetOf(0));
    await storm.answers('all', 'slack:U1', storm.last().list ?? '');
    expect(storm.replies).toEqual([]);
    storm.late.clear();
    await storm.asks(0, 1);
    await storm.look();
    expect(storm.repliesTo()).toEqual([targetOf(0)]);
    await storm.asks(0, 1);
    await storm.look();
    expect(storm.replies).toHaveLength(1);
    expect(storm.last()).toMatchObject({ state: 'asking', choices: { all: 1 } });
  });

  it('reaches hundreds, a page a call, and each once in a retry', async () => {
    await storm.asks(0, 300);
    await storm.look();
    const { list = '' } = storm.last();
    await storm.answers('all', 'slack:U1', list);
    expect(new Set(storm.repliesTo()).size).toBe(300);
    const before = storm.replies.length;
    await storm.answers('all', 'slack:U1', list);
    // A retry sends the same answers again, which changes nothing.
    expect(new Set(storm.repliesTo()).size).toBe(300);
    expect(storm.replies.length).toBe(2 * before);
    await storm.look();
    expect(storm.last()).toMatchObject({ answer: { targets: 300 }, counts: { goingBack: 300, waiting: 0 } });
  });

  it('that no execution has sent is sent by another', async () => {
    await storm.asks(0, 1);
    await storm.look();
    const { list = '' } = storm.last();
    await storm.storms.answer(STORM, { choice: 'all', by: 'slack:U1', at: after(START, 15), list });
    await storm.look();
    expect(storm.resent).toEqual([]);
    storm.wait(120);
    await storm.look();
    expect(storm.resent).toEqual([`${list} 1`]);
  });
});
