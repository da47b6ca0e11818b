import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../local/slack/channel.ts';
import { NO_REASON } from '../../../src/rollback/request.ts';
import { planMessage } from '../../../src/slack/messages/plan.ts';
import { messagesOf } from '../../../src/slack/messages/thread.ts';
import type { Detail } from '../../../src/events/details.ts';
import type { Story } from '../../../src/slack/threads.ts';
import { act, ALARM, FROM, judged, planned, question, skippedBy, STOPPED, TO } from './stories.ts';
import { planOf } from '../rollback/judge-facts.ts';

const look = { ...judged('look-again'), looks: 1, lookAgainAt: '2026-11-22T03:02:30.000Z' };
const wordsIn = (story: Story, part: 'root' | 'question' | 'end' = 'root') =>
  wordsOf((messagesOf(story)[part]?.blocks ?? []) as never);

describe('while a rollback waits for another look', () => {
  it('the thread is one line: the target, the time and the reason', () => {
    const said = messagesOf({ started: ALARM, planned: planned(look) });
    expect(Object.keys(said)).toEqual(['root']);
    expect(said.root?.blocks).toHaveLength(1);
    expect(said.root?.text).toBe(
      ':eyes: Looking again at `ecs:prod/checkout` at <!date^1795316550^{time_secs}|03:02:30 UTC>: Why.',
    );
  });

  it('the thread gets its other messages once the rollback acts', () => {
    const acting = { started: ALARM, planned: planned({ ...act, looks: 2 }) };
    expect(wordsIn(acting)).toContain('Rolling back');
  });

  it.each<[string, Story]>([
    ['the rollout was stopped', { stopped: STOPPED }],
    ['it ended', { ended: skippedBy({ ...judged('skip'), looks: 2 }) }],
  ])('a late look does not change the thread once %s', (_, slices) => {
    const said = wordsIn({ started: ALARM, planned: planned(look), ...slices });
    expect(said).toContain('checkout');
    expect(said).not.toContain('Looking again');
  });

  it('posts the end, but not that of a rollback skipped at its first look', () => {
    const skipped = (looks?: number): Story => {
      const verdict = { ...judged('skip'), ...(looks !== undefined && { looks }) };
      return { started: ALARM, planned: planned(verdict), ended: skippedBy(verdict) };
    };
    expect(messagesOf(skipped())).toEqual({});
    expect(wordsIn(skipped(2))).toContain('Skipped');
    expect(wordsIn(skipped(2), 'end')).toContain('It was not the deployment.');
  });

  it('posts a skip at the first look if another cause was found', () => {
    const triage = { cause: 'traffic' as const, says: 'Rule r sends traffic to no tasks.', because: [] };
    const ended = { ...skippedBy(judged('skip')), triage };
    expect(wordsIn({ started: ALARM, ended })).toContain('likely cause: Users are led away from the tasks');
    expect(wordsIn({ started: ALARM, ended }, 'end')).toContain('Rule r sends traffic to no tasks.');
  });
});

it('what hinders the way back is a message of its own', () => {
  const hindered: Story['hindered'] = {
    ...{
      version: '1' as const,
      target: 'ecs:prod/checkout',
      execution: 'arn:one',
      from: FROM,
      to: TO,
      number: 1,
    },
    rung: { name: 'redeploy', does: 'deploy checkout:41 again', withinSeconds: 1800 },
    says: 'ECS says: (service checkout) was unable to place a task.',
    ...{ hinderedSince: '2026-11-22T03:00:00.000Z', settleBy: '2026-11-22T03:30:00.000Z' },
  };
  const said = messagesOf({ started: ALARM, planned: planned(act), stopped: STOPPED, hindered });
  expect(said.hindrance?.text).toMatch(
    /^:warning: The way back \(deploy checkout:41 again\) does not go on\. ECS says: .* unable to place a task\. Lastgood waits until <!date.*03:30:00 UTC>\.$/,
  );
});

it('a wait for alarms is a line of the progress, until the end', () => {
  const waiting: Story['waiting'] = {
    ...{ version: '1', target: 'ecs:prod/checkout', execution: 'arn:one', from: FROM, to: TO, number: 1 },
    ...{ alarms: ['slow'], waitsSince: '2026-11-22T03:02:00.000Z', waitsUntil: '2026-11-22T04:00:00.000Z' },
  };
  const story = { started: ALARM, planned: planned(act), stopped: STOPPED, waiting };
  const line =
    /all else is healthy\. Waits until <!date.*04:00:00 UTC> for `slow`, which may still count the harm/;
  const wordsOfProgress = (one: Story) => JSON.stringify(messagesOf(one).progress);
  expect(wordsOfProgress(story)).toMatch(line);
  expect(wordsOfProgress({ ...story, ended: skippedBy(judged('skip')) })).not.toMatch(line);
});

it('a reason that was not given is not shown beside reasons', () => {
  const started = { ...ALARM, requested: NO_REASON };
  expect(wordsIn({ started, planned: planned(act) })).not.toContain(NO_REASON);
  expect(wordsIn({ started, ended: skippedBy({ ...judged('ask'), reasons: [] }) })).toContain(NO_REASON);
});

it('a reason against it stands apart where Lastgood acts, and among the others of a question', () => {
  const [against, reasons] = [['It ran well first.'], ['It hurt at once.', 'It ran well first.']];
  const blocks = (verdict: 'act' | 'ask') =>
    messagesOf({ started: ALARM, planned: planned({ ...judged(verdict), reasons, against }) }).root?.blocks;
  expect(JSON.stringify(blocks('act'))).toContain('"• It hurt at once."');
  expect(JSON.stringify(blocks('act'))).toContain('"*Against it*\\n• It ran well first."');
  expect(JSON.stringify(blocks('ask'))).toContain('"• It hurt at once.\\n• It ran well first."');
});

it('the times in any text of a thread are shown in the time zone of the reader', () => {
  const when = '2026-11-22T03:00:00.000Z';
  const ended: Detail<'Rollback Skipped'> = {
    ...skippedBy(judged('skip')),
    advice: [`Look at ${when}.`],
    signs: [{ of: 'alarm a', state: 'unknown', says: `silent since ${when}` }],
  };
  const started = { ...ALARM, requested: `it hurts since ${when}` };
  const story = { started, planned: planned({ ...act, looks: 2 }), ended };
  expect(wordsIn(story) + wordsIn(story, 'end')).not.toMatch(/(?<!\|)\d{4}-\d\d-\d\dT/);
});

it('the times in a sentence are shown in the time zone of the reader', () => {
  const reasons = ['It hurts since 2026-11-22T03:00:00.000Z.'];
  expect(wordsIn({ started: ALARM, planned: planned({ ...act, reasons }) })).toMatch(
    /It hurts since <!date\^\d+\^\{date_short_pretty\} \{time\}\|2026-11-22 03:00 UTC>\./,
  );
});

describe('a rollback that a lookout started', () => {
  const saw = ['3 tasks crashed.', 'None of checkout:41 did.'];
  const requested = 'the lookout accuses checkout:42: 3 tasks crashed.';
  const trigger = { type: 'lookout', of: 'd2', at: ALARM.startedAt, saw } as const;
  const started = { ...ALARM, requested, trigger };
  const timesIn = (words: string, text: string) => words.split(text).length - 1;

  it('says what it saw, each sentence once', () => {
    const joining = wordsIn({ started, planned: planned(act) });
    const accusing = wordsIn({ started, planned: planned({ ...act, reasons: ['Why.', ...saw] }) });
    for (const said of [joining, accusing])
      expect(saw.map((one) => [one, timesIn(said, one)])).toEqual([
        [saw[0], said === accusing ? 2 : 1],
        [saw[1], 1],
      ]);
  });

  it('says so too where only its end came', () => {
    const ended = { ...skippedBy({ ...judged('observe') }), saw };
    expect(wordsIn({ ended })).toContain('None of checkout:41 did.');
  });
});

describe('the confidence', () => {
  it('is shown beside the reasons', () => {
    const story = { started: ALARM, planned: planned({ ...act, confidence: 0.934 }) };
    expect(wordsIn(story)).toContain('from `checkout:42` to `checkout:41` · confidence 93 %');
  });

  it('is shown too if there is no way back', () => {
    const none = { ...planned({ ...act, confidence: 0.5 }), from: undefined, to: undefined } as never;
    expect(wordsIn({ planned: none })).toContain('confidence 50 %');
    expect(wordsIn({ planned: none })).not.toContain('from');
  });

  it('is shown in a requested plan', () => {
    const verdict = { verdict: 'act', at: '', reasons: [], confidence: 0.8 } as const;
    const shown = { target: 'ecs:prod/checkout', reason: 'x', user: 'U0ADA', plan: planOf() };
    const note = (weighed: object) =>
      wordsOf(planMessage({ ...shown, verdict: { ...verdict, ...weighed } }).blocks as never);
    expect(note({})).toContain('settled or failed · confidence 80 %');
  });

  it('is left out if nothing was weighed', () => {
    expect(wordsIn({ started: ALARM, planned: planned(act) })).not.toContain('confidence');
  });
});

describe('a question that another trigger ended', () => {
  const again = { ...act, again: 1 };
  const first: Story = { started: ALARM, planned: planned(judged('ask')), question };

  it('has its buttons while it is open', () => {
    expect(wordsIn(first, 'question')).toContain('[Approve]');
    expect(wordsIn(first, 'question')).not.toContain('froze');
    expect(wordsIn(first)).toContain('Asking whether to roll back');
  });

  it('says why it is asked again', () => {
    const reasons = ['slack:U0ADA froze it (sale), so a person decides.', 'It hurt at once.'];
    const said = wordsIn({ started: ALARM, question: { ...question, again: 1, reasons } }, 'question');
    expect(said).toContain('<@U0ADA> froze it (sale), so a person decides.');
    expect(said).not.toContain('It hurt at once');
  });

  it('lists each further rung as the next try', () => {
    const rungs = ['stops the rollout', 'deploys checkout:41 again'].map((does) => ({
      ...{ name: 'one', does, withinSeconds: 600 },
    }));
    expect(wordsIn({ started: ALARM, question: { ...question, rungs } }, 'question')).toContain(
      '• stops the rollout\n• else deploys checkout:41 again',
    );
  });

  it.each<[string, Story]>([
    ['acts', { ...first, planned: planned(again) }],
    ['looks again', { ...first, planned: planned({ ...look, again: 1 }) }],
    ['skips', { ...first, ended: skippedBy({ ...judged('skip'), again: 1 }) }],
  ])('says so, and has none, once the rollback %s', (_, story) => {
    const said = wordsIn(story, 'question');
    expect(said).toBe(
      'Go back from `checkout:42` to `checkout:41`? Something new came since this was asked, so it was judged again.',
    );
    expect(wordsIn(story)).not.toContain('Asking whether to roll back');
  });

  it('is followed by an open one', () => {
    const second: Story = {
      ...first,
      planned: planned({ ...judged('ask'), again: 1 }),
      question: { ...question, again: 1 },
    };
    expect(wordsIn(second, 'question')).toContain('[Approve]');
    const { blocks = [] } = messagesOf(second).question ?? {};
    expect(JSON.stringify(blocks)).toContain(JSON.stringify(`"askedAt":"${question.askedAt}"`).slice(1, -1));
  });

  it('differs from one that was answered or timed out', () => {
    const answered = { ...first, ended: skippedBy(judged('ask')) };
    expect(wordsIn(answered, 'question')).toContain('It was not answered in time');
    expect([FROM.name, TO.name].every((name) => wordsIn(answered, 'question').includes(name))).toBe(true);
  });
});

describe('the first line of a rollback that writes nothing', () => {
  const acting = planned(act);
  const held: NonNullable<Story['held']> = {
    ...{ version: '1' as const, target: 'ecs:prod/checkout', execution: 'arn:one' },
    ...{ by: 'ada', because: 'sale', since: ALARM.startedAt, waitsSince: ALARM.startedAt, wrote: false },
  };

  it('says that it cannot go back where there is no way', () => {
    const said = messagesOf({ started: ALARM, planned: { ...acting, plan: 'no-way-back' } });
    expect(said.root?.text).toMatch(/^:x: Cannot go back: `ecs:prod\/checkout`/);
  });

  it('says that it is paused, until it writes', () => {
    expect(messagesOf({ started: ALARM, planned: acting, held }).root?.text).toMatch(/^:no_entry: Paused/);
    const going = messagesOf({ started: ALARM, planned: acting, held, stopped: STOPPED });
    expect(going.root?.text).toMatch(/^:rewind: Rolling back/);
  });
});

describe('while a rollback waits for its turn', () => {
  const turn = { at: '2026-11-22T03:02:30.000Z', quota: 'ecs service modify', ahead: 200 };
  const waiting: Story = { started: ALARM, planned: { ...planned(act), turn } };

  it('the thread says until when, and how many are ahead', () => {
    const said = wordsIn(waiting);
    expect(said).toContain('Rolling back');
    expect(said).toMatch(/Waits for its turn until .*: 200 calls of `?ecs service modify`? are ahead\./);
  });

  it('the thread says so no longer once the rollback has begun', () => {
    expect(wordsIn({ ...waiting, stopped: STOPPED })).not.toContain('Waits');
  });
});
