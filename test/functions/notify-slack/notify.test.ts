import '../../paths/silence-logs.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secondsBetween } from '../../../src/rollback/time.ts';
import { startTables, type Tables } from '../../src/ledger/tables.ts';
import { asked, ended, openNotify, reverted, stopped, eventOf } from './desk.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

describe('catching up', () => {
  /** More threads than one run reads. */
  const REFUSED = Array.from({ length: 65 }, (_, i) => `refused-${i}`);
  const about = (execution: string) =>
    eventOf('Rollback Skipped', execution, {
      outcome: 'skipped',
      ...{ reason: execution, requested: execution, advice: [], endedAt: '2026-11-22T03:00:00.000Z' },
      ...{ verdict: { verdict: 'observe', reasons: [execution] } },
    });

  test('posts the others, however many threads Slack refuses for good, and still fails', async () => {
    const { slack, hear, catchUp, words } = await openNotify(tables);
    slack.refuses = () => 'not_in_channel';
    for (const execution of [...REFUSED, 'the-last-one']) expect(await hear(about(execution))).toBe('later');
    slack.refuses = (said) => (said.includes('refused-') ? 'invalid_blocks' : null);
    await expect(catchUp()).rejects.toThrow('invalid_blocks');
    await expect(catchUp()).rejects.toThrow('invalid_blocks');
    expect(words().join()).toContain('the-last-one');
    slack.refuses = () => null;
    expect(await catchUp()).toBe(60);
    expect(await catchUp()).toBe(5);
    expect(await catchUp()).toBe(0);
  });

  test('fails for as long as Slack is away, which the alarm counts', async () => {
    const { slack, hear, catchUp } = await openNotify(tables);
    slack.isAway = true;
    expect(await hear(stopped('one'))).toBe('later');
    for (let minute = 1; minute <= 10; minute++) await expect(catchUp()).rejects.toThrow('away');
    slack.isAway = false;
    expect(await catchUp()).toBe(1);
  });

  test('posts what came while Parameter Store did not say whether Slack is set up', async () => {
    const { slack, hear, catchUp, posted } = await openNotify(tables);
    slack.isUnknown = true;
    expect(await hear(stopped('one'))).toBe('later');
    await expect(catchUp()).rejects.toThrow('Parameter Store');
    slack.isUnknown = false;
    expect(await catchUp()).toBe(1);
    expect(posted).toHaveLength(2);
  });

  test('asks Parameter Store for nothing while no thread is behind', async () => {
    const { slack, catchUp } = await openNotify(tables);
    slack.isUnknown = true;
    expect(await catchUp()).toBe(0);
  });

  test('fails where the table does not keep the event, so that Lambda retries, and posts it then', async () => {
    const { slack, hear, catchUp, posted } = await openNotify(tables);
    slack.isTableAway = true;
    await expect(hear(stopped('one'))).rejects.toThrow('the table is away');
    expect(await catchUp()).toBe(0);
    slack.isTableAway = false;
    expect(await hear(stopped('one'))).toBe('posted');
    expect(posted).toHaveLength(2);
  });

  test('leaves a thread to its own invocation for 25 seconds', async () => {
    const { slack, hear, catchUp } = await openNotify(tables);
    slack.isAway = true;
    expect(await hear(stopped('one'))).toBe('later');
    slack.isAway = false;
    expect(await catchUp(24)).toBe(0);
    expect(await catchUp(2)).toBe(1);
  });

  const SILENT = Array.from({ length: 10 }, (_, index) => `silent-${index}`);

  test('ends before the Lambda does, though Slack does not answer', async () => {
    const { slack, hear, catchUp, now } = await openNotify(tables);
    slack.silentOn = /silent/;
    for (const execution of SILENT) expect(await hear(about(execution))).toBe('later');
    const began = now();
    await expect(catchUp()).rejects.toThrow('did not answer');
    expect(secondsBetween(began, now())).toBeLessThanOrEqual(60 + 45);
  });

  test('reaches a thread behind those that time out', async () => {
    const { slack, hear, catchUp, words } = await openNotify(tables);
    slack.silentOn = /./;
    for (const execution of [...SILENT, 'the-last-one']) expect(await hear(about(execution))).toBe('later');
    slack.silentOn = /silent/;
    for (let run = 1; run <= SILENT.length; run++) await expect(catchUp()).rejects.toThrow('did not answer');
    expect(words().join()).toContain('the-last-one');
    slack.silentOn = /$^/;
    expect(await catchUp()).toBe(SILENT.length);
  });

  test('leaves out a thread that was posted', async () => {
    const { hear, catchUp, posted } = await openNotify(tables);
    await hear(stopped('one'));
    expect(await catchUp()).toBe(0);
    expect(posted).toHaveLength(2);
  });
});

describe('at the rate of Slack', () => {
  const names = Array.from({ length: 30 }, (_, index) => `rollback-${index}`);
  const at = '2026-11-22T03:00:00.000Z';

  /** Lets thirty rollbacks go back within thirty seconds, while Slack accepts a message every ten seconds. */
  const crowd = async () => {
    const desk = await openNotify(tables);
    desk.slack.everySeconds = 10;
    for (const name of names) await desk.hear(reverted(name, 1));
    return desk;
  };

  test('only the first are posted at once, and a question waits for its turn', async () => {
    const { hear, words, slack } = await crowd();
    expect(words().length).toBeLessThanOrEqual(4);
    expect(await hear(reverted('late', 1))).toBe('later');
    slack.everySeconds = 2;
    expect(await hear(asked('asks', 'checkout:9', at))).toBe('posted');
    expect(words().at(-1)).toContain('checkout:9');
  });

  test('a dirty end does not wait behind progress', async () => {
    const { hear, words, slack } = await crowd();
    slack.everySeconds = 2;
    expect(await hear(ended('dirty', 'Failed', at))).toBe('posted');
    expect(words().join()).toContain('A person must look now');
  });

  test('the schedule posts questions first, and then the newest state of each thread', async () => {
    const { hear, catchUp, words, slack, posted } = await crowd();
    slack.everySeconds = 600;
    expect(await hear(asked('asks', 'checkout:9', at))).toBe('later');
    for (const name of names) await hear(ended(name, 'Succeeded', at));
    const before = posted.length;
    slack.everySeconds = 1;
    for (let minute = 1; minute <= 12; minute++) await catchUp();
    expect(await catchUp()).toBe(0);
    expect(
      words()
        .slice(before, before + 2)
        .join(),
    ).toContain('checkout:9');
    for (const one of posted.slice(before)) expect(JSON.stringify(one.message)).not.toContain('Rolling back');
    // A root and an end for each. The progress of all but the first is in the end.
    const roots = posted.filter(({ thread }) => thread === undefined);
    expect(roots).toHaveLength(names.length + 1);
    expect(posted.length).toBeLessThanOrEqual(2 * roots.length + 4);
    expect(words().filter((text) => text.includes('way 1'))).toHaveLength(names.length);
    expect(slack.tooSoon).toBe(0);
  });

  test('a run of the schedule posts on, as fast as Slack accepts', async () => {
    const { catchUp, slack, posted } = await crowd();
    slack.everySeconds = 1;
    const before = posted.length;
    await catchUp();
    expect(posted.length - before).toBeGreaterThanOrEqual(40);
  });
});

describe('a message that Slack refuses to update', () => {
  const ROOT = 0;

  test.each(['token_revoked', 'invalid_auth', 'is_archived', 'invalid_blocks'])(
    'is updated once %s has passed',
    async (code) => {
      const { slack, hear, catchUp, words } = await openNotify(tables);
      await hear(asked('one', 'two', '2026-11-22T03:00:00.000Z'));
      slack.refuses = (_, method) => (method === 'chat.update' ? code : null);
      expect(await hear(stopped('one'))).toBe('later');
      expect(words()[ROOT]).toContain('Asking whether to roll back');
      slack.refuses = () => null;
      expect(await catchUp()).toBe(1);
      expect(words()[ROOT]).toContain('Rolling back');
    },
  );

  test.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'is given up for %s, and the story goes on',
    async (code) => {
      const { slack, hear, catchUp, words } = await openNotify(tables);
      await hear(asked('one', 'two', '2026-11-22T03:00:00.000Z'));
      slack.refuses = (_, method) => (method === 'chat.update' ? code : null);
      await hear(stopped('one'));
      expect(words().join()).toContain('the rollout is stopped');
      expect(await catchUp()).toBe(0);
    },
  );
});

describe('an event that is late or redelivered', () => {
  test('replaces no newer way back', async () => {
    const { hear, words } = await openNotify(tables);
    await hear(reverted('one', 1));
    await hear(reverted('one', 2));
    expect(await hear(reverted('one', 1))).toBe('ignored');
    await hear(stopped('one'));
    expect(words().join()).toContain('way 2 of 2');
    expect(words().join()).not.toContain('way 1 of 2');
  });

  test('replaces no newer question', async () => {
    const { hear, words } = await openNotify(tables);
    const older = asked('one', 'checkout:2', '2026-11-22T03:00:00.000Z');
    await hear(asked('one', 'checkout:3', '2026-11-22T03:05:00.000Z'));
    expect(await hear(older)).toBe('ignored');
    expect(words().filter((said) => said.includes('"Approve"'))).toEqual([
      expect.stringContaining('checkout:3'),
    ]);
  });

  // Report published an end and could not close its record, so the sweep published another. Lambda redelivers the
  // first.
  test('replaces no newer end', async () => {
    const { hear, words } = await openNotify(tables);
    const first = ended('one', 'Succeeded', '2026-11-22T03:05:00.000Z');
    await hear(first);
    await hear(ended('one', 'Failed', '2026-11-22T03:07:00.000Z'));
    expect(await hear(first)).toBe('ignored');
    expect(words().join()).toContain('it Failed');
    expect(words().join()).not.toContain('it Succeeded');
  });

  test('is posted after the first try failed', async () => {
    const { slack, hear, words } = await openNotify(tables);
    slack.refuses = () => 'invalid_auth';
    expect(await hear(reverted('one', 1))).toBe('later');
    slack.refuses = () => null;
    expect(await hear(reverted('one', 1))).toBe('posted');
    expect(words().join()).toContain('way 1 of 2');
  });
});

describe('a question that Approve asks again, because its function crashed after it had published it', () => {
  test('is renewed where it is, with its new deadline', async () => {
    const { hear, posted } = await openNotify(tables);
    await hear(asked('one', 'checkout:2', '2026-11-22T03:00:00.000Z'));
    const before = posted.map(({ ts }) => ts);
    const words = JSON.stringify(posted);
    await hear(asked('one', 'checkout:2', '2026-11-22T03:09:00.000Z'));
    expect(posted.map(({ ts }) => ts)).toEqual(before);
    expect(JSON.stringify(posted)).not.toBe(words);
    expect(JSON.stringify(posted).match(/"Approve"/g)).toHaveLength(1);
  });
});

describe('a question whose plan has changed', () => {
  const first = asked('one', 'checkout:2', '2026-11-22T03:00:00.000Z');
  const second = asked('one', 'checkout:3', '2026-11-22T03:05:00.000Z');

  test('is closed, and the new one is posted below it', async () => {
    const { hear, posted } = await openNotify(tables);
    await hear(first);
    await hear(second);
    const [root, closed, open, ...rest] = posted;
    expect(rest).toEqual([]);
    expect([closed?.thread, open?.thread]).toEqual([root?.ts, root?.ts]);
    expect(JSON.stringify(closed)).toContain('The plan has changed');
    expect(JSON.stringify(closed)).not.toContain('"Approve"');
    expect(JSON.stringify(open)).toMatch(/checkout:3.*"Approve"/);
  });

  test('is posted once, also after a failure between the two', async () => {
    const { slack, hear, catchUp, posted, words } = await openNotify(tables);
    await hear(first);
    slack.refuses = (said) => (said.includes('checkout:3') ? 'invalid_auth' : null);
    expect(await hear(second)).toBe('later');
    slack.refuses = () => null;
    await catchUp();
    await hear(second);
    await hear(stopped('one'));
    expect(words()[1]).toContain('The plan has changed');
    expect(words()[2]).toContain('It was not answered in time');
    expect(posted).toHaveLength(4);
  });

  test('says that it was not answered only once that is known', async () => {
    const { hear, words } = await openNotify(tables);
    await hear(first);
    await hear(reverted('one', 1));
    expect(words()[1]).toContain('This was answered');
    await hear(stopped('one'));
    expect(words()[1]).toContain('It was not answered in time');
  });

  test('is the same question when the same plan is asked about again', async () => {
    const { hear, posted } = await openNotify(tables);
    await hear(first);
    await hear(asked('one', 'checkout:2', '2026-11-22T03:05:00.000Z'));
    expect(posted).toHaveLength(2);
    expect(JSON.stringify(posted[1])).toContain('03:15:00');
  });
});

describe('a question that another trigger ended', () => {
  const first = asked('one', 'checkout:2', '2026-11-22T03:00:00.000Z');
  const askedAgain = (again: number) =>
    asked('one', 'checkout:2', `2026-11-22T03:0${again}:30.000Z`, { again });

  test('is closed, and the next one is posted, though the plan is the same', async () => {
    const { hear, posted } = await openNotify(tables);
    await hear(first);
    await hear(askedAgain(1));
    await hear(askedAgain(2));
    const [, ...questions] = posted.map((one) => JSON.stringify(one));
    expect(questions).toHaveLength(3);
    expect(questions.map((said) => said.includes('"Approve"'))).toEqual([false, false, true]);
    expect(questions.map((said) => said.includes('judged again. See the newer question below'))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('is closed by the plan that followed, where no further question does', async () => {
    const { hear, words } = await openNotify(tables);
    await hear(first);
    await hear(
      eventOf('Rollback Planned', 'one', {
        ...{ plannedAt: '2026-11-22T03:02:30.000Z', plan: 'ready', rungs: [], notes: [] },
        verdict: { verdict: 'act', at: '2026-11-22T03:02:31.000Z', reasons: ['Why.'], again: 1 },
      }),
    );
    expect(words()[1]).toContain('so it was judged again');
    expect(words()[1]).not.toContain('"Approve"');
    expect(words()[0]).toContain('Rolling back');
  });
});

describe('a freeze by a person', () => {
  const event = (id: string, type: string, detail: object) => ({
    ...(eventOf(type, '', {}) as object),
    ...{ id, detail: { version: '1', target: 'ecs:prod/checkout', by: 'slack:U0ADA', ...detail } },
  });

  test('is posted once, however often its event comes, and each freeze in a thread of its own', async () => {
    const { hear, words } = await openNotify(tables);
    for (const [id, minute] of [1, 1, 2].entries())
      await hear(
        event(`${id}`, 'Rollback Frozen', { reason: 'sale', frozenAt: `2026-11-22T03:0${minute}:00.000Z` }),
      );
    for (const id of ['8', '9'])
      await hear(event(id, 'Rollback Unfrozen', { unfrozenAt: '2026-11-22T03:03:00.000Z' }));
    expect(words().map((said) => /froze|ended/.exec(said)?.[0])).toEqual(['froze', 'froze', 'ended']);
  });
});

describe('a storm', () => {
  const stormAt = (at: string, more: object = {}): unknown => ({
    ...{ id: at, source: 'lastgood', 'detail-type': 'Rollback Storm Updated', account: '111122223333' },
    detail: {
      ...{ version: '1', storm: 'storm-1', since: at, at, state: 'asking', says: '6 targets alarm.' },
      ...{ alarming: 6, deployedWithinHour: 6, choices: { all: 4, own: 0 }, list: 'a'.repeat(64) },
      counts: { waiting: 4, goingBack: 2, rolledBack: 0, skipped: 0, failedClean: 0, failedDirty: 0 },
      ...{ unanswered: 0, examples: [], dirty: [], ...more },
    },
  });
  const member = (type: string, more: object) =>
    eventOf(type, 'member', { storm: 'storm-1', advice: [], endedAt: '2026-11-22T03:05:00.000Z', ...more });

  test('is one message, updated in place by the newest state, whichever comes last', async () => {
    const { hear, posted, words } = await openNotify(tables);
    expect(await hear(stormAt('2026-11-22T03:01:00.000Z'))).toBe('posted');
    expect(await hear(stormAt('2026-11-22T03:03:00.000Z', { says: '9 targets alarm.' }))).toBe('posted');
    expect(await hear(stormAt('2026-11-22T03:02:00.000Z', { says: '8 targets alarm.' }))).toBe('ignored');
    expect(posted).toHaveLength(1);
    expect(words()[0]).toContain('9 targets alarm.');
  });

  test('stands for the threads of its members, but not for one that a person must look at', async () => {
    const { hear, posted, words } = await openNotify(tables);
    expect(await hear(member('Rollback Succeeded', { outcome: 'rolled-back', reason: 'well' }))).toBe(
      'ignored',
    );
    expect(await hear(member('Rollback Failed', { outcome: 'failed-dirty', reason: 'half' }))).toBe('posted');
    expect(posted).toHaveLength(2);
    expect(words()[0]).toContain('A person must look now');
  });
});

describe('an accusation of a lookout', () => {
  const accused = (execution: string, mode: 'observe' | 'act') =>
    eventOf('Lookout Accused', execution, {
      ...{ deployment: 'ecs-svc/2', revision: { id: 'two', name: 'checkout:2' }, mode },
      ...{ says: ['3 tasks crashed.'], at: '2026-11-22T03:01:00.000Z' },
    });

  test('that is only observed is posted once, without a thread, and each lookout has its own', async () => {
    const { hear, posted, words } = await openNotify(tables);
    await hear(accused('one', 'observe'));
    await hear(accused('one', 'observe'));
    await hear(accused('two', 'observe'));
    expect(words()).toEqual([
      expect.stringContaining('The lookout accuses'),
      expect.stringContaining('3 tasks crashed.'),
    ]);
    expect(posted.map(({ thread }) => thread)).toEqual([undefined, undefined]);
  });

  test('that starts a rollback is left to the thread of the rollback', async () => {
    const { hear, posted } = await openNotify(tables);
    expect(await hear(accused('one', 'act'))).toBe('ignored');
    await hear(stopped('back'));
    expect(JSON.stringify(posted)).not.toContain('accuses');
  });
});
