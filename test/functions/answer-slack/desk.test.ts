import '../../paths/silence-logs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../local/slack/channel.ts';
import { areBlocks, areTooLong } from '../../../local/slack/block-shape.ts';
import { BUTTON } from '../../../src/slack/buttons.ts';
import { keyOf } from '../../../src/slack/form.ts';
import { submissionOf } from '../on-slack/slack-requests.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import { triggerIdOf, type Press } from '../../../src/slack/said.ts';
import { seal } from '../../../src/slack/seal.ts';
import {
  EXECUTION,
  handedOver,
  openDesk,
  PLAN,
  pressed,
  pressedWith,
  SIGNING,
  TARGET,
  typed,
} from './desk.ts';

const user = fc.stringMatching(/^U[A-Z0-9]{5,8}$/);
const stranger = user.filter((one) => one !== 'U0ADA');
const ACCESS = [{ targets: ['ecs:prod/*', 'elb:*'], users: ['U0ADA'] }];
const RULE =
  'elb:arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee';
const CONFIRM = { target: TARGET, plan: PLAN, reason: 'it hurts' };
const targets = [RULE, TARGET, 'ecs:secret/payroll'];

describe('a submitted form', () => {
  it('requests a plan for the chosen target, with the given reason and revision', async () => {
    for (const target of [TARGET, RULE]) {
      const { handle, plans } = openDesk({ access: ACCESS, targets });
      const values = { target: keyOf(target), reason: ' it hurts ', revision: 'one' };
      await handle(handedOver(submissionOf('U0ADA', 'V1', values)));
      expect(plans).toMatchObject([
        { target, reason: 'it hurts', revision: 'one', trigger: { by: 'slack:U0ADA' } },
      ]);
    }
  });

  it('requests the last known good, for no reason, if both were left empty', async () => {
    const { handle, plans } = openDesk({ access: ACCESS, targets });
    await handle(handedOver(submissionOf('U0ADA', 'V1', { target: TARGET })));
    expect(plans).toMatchObject([{ target: TARGET, reason: 'no reason was given' }]);
    expect(plans[0]).not.toHaveProperty('revision');
  });

  it('does nothing for a user without a rule, or for an unknown target', async () => {
    const wrong = fc.oneof(
      fc.tuple(stranger, fc.constantFrom(...targets.map(keyOf))),
      fc.tuple(
        fc.constant('U0ADA'),
        fc.constantFrom('ecs:secret/payroll', 'ecs:prod/other', `#${'0'.repeat(64)}`),
      ),
      fc.tuple(user, fc.string({ minLength: 1, maxLength: 75 })),
    );
    await fc.assert(
      fc.asyncProperty(wrong, async ([by, target]) => {
        const { handle, done, answers } = openDesk({ access: ACCESS, targets });
        await handle(handedOver(submissionOf(by, 'V1', { target })));
        expect([done(), answers.length]).toEqual([[], 1]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a forged signature', handedOver(submissionOf('U0ADA', 'V1', { target: TARGET }), 'another secret')],
    ['an old one', handedOver(submissionOf('U0ADA', 'V1', { target: TARGET }), undefined, 7201)],
  ])('is refused with %s', async (_, event) => {
    const { handle, done, answers } = openDesk({ access: ACCESS, targets });
    expect(await handle(event)).toBe('refused');
    expect([done(), answers]).toEqual([[], []]);
  });
});

describe('an answer to the question', () => {
  const value = { target: TARGET, execution: EXECUTION, plan: PLAN };

  it.each([
    [BUTTON.approve, 'approved', 'Approved. Lastgood plans once more before it changes anything.'],
    [BUTTON.deny, 'denied', 'Denied. Lastgood changes nothing.'],
  ])('%s is confirmed to the person who pressed it', async (button, answer, words) => {
    const { handle, replies, answers } = openDesk({ access: ACCESS, targets });
    await handle(handedOver(pressed('U0ADA', button, value)));
    expect(replies).toMatchObject([{ answer, by: 'slack:U0ADA' }]);
    expect(answers.map(({ message }) => wordsOf(message.blocks as never))).toEqual([words]);
  });
});

describe('a confirmed rollback', () => {
  const confirmed = handedOver(pressed('U0ADA', BUTTON.confirm, { ...CONFIRM, user: 'U0ADA' }));
  const own = triggerIdOf({ trigger: `trigger-U0ADA-${BUTTON.confirm}` } as Press);
  const HAS_STARTED = 'has started';

  it.each([
    ['joins the one that runs', [running(TARGET, 'another')], 'is under way since'],
    ['is the one that runs, after a retry of Slack', [running(TARGET, own)], HAS_STARTED],
    [
      'follows one that is over',
      [running(TARGET, 'another', { outcome: { state: 'skipped' } })],
      HAS_STARTED,
    ],
    ['runs beside that of another target', [running(RULE, 'another')], HAS_STARTED],
    ['starts although the others cannot be read', new Error('throttled'), HAS_STARTED],
  ])('%s', async (_, others, words) => {
    const { handle, starter, answers } = openDesk({ access: ACCESS, targets, running: others });
    await handle(confirmed);
    expect(starter.started).toHaveLength(1);
    expect(answers.map(({ message }) => wordsOf(message.blocks as never)).join()).toContain(words);
  });
});

describe('a plan that is ready', () => {
  const planned = planEnd('there is no last known good version');

  it.each([
    [
      'is not shown while Lastgood goes back',
      [running(TARGET, 'one', { writing: true })],
      'is going back with',
    ],
    ['is shown while a rollback only asks', [running(TARGET, 'one')], 'no last known good version'],
    [
      'is shown beside the way back of another',
      [running(RULE, 'one', { writing: true })],
      'no last known good',
    ],
    ['is shown after one', [running(TARGET, 'one', { writing: true, outcome: {} })], 'no last known good'],
    ['is shown although the rollbacks cannot be read', new Error('throttled'), 'no last known good version'],
  ])('%s', async (_, others, words) => {
    const { handle, answers } = openDesk({ access: ACCESS, targets, running: others });
    await handle(planned);
    expect(answers.map(({ message }) => wordsOf(message.blocks as never)).join()).toContain(words);
  });
});

describe('while Slack accepts no answers', () => {
  const open = () => openDesk({ access: ACCESS, targets, isAway: true });

  it('an action is not repeated for the answer alone', async () => {
    const { handle, done } = open();
    const value = { target: TARGET, execution: EXECUTION, plan: PLAN };
    await handle(handedOver(pressed('U0ADA', BUTTON.approve, value)));
    await handle(handedOver(pressed('U0ADA', BUTTON.confirm, { ...CONFIRM, user: 'U0ADA' })));
    await handle(handedOver(typed('U0ADA', `freeze ${TARGET} sale`)));
    expect(done()).toHaveLength(3);
  });

  it('an answer without an action is retried', async () => {
    await expect(open().handle(handedOver(typed('U0ADA', 'help')))).rejects.toThrow('Slack');
  });
});

describe('freezing', () => {
  it('is published with the time of the request, however often and late it is retried', async () => {
    const { handle, published } = openDesk({ access: ACCESS, targets });
    const freeze = handedOver(typed('U0ADA', `freeze ${TARGET} sale`), undefined, 60);
    await handle(freeze);
    await handle(freeze);
    await handle(handedOver(typed('U0ADA', `unfreeze ${TARGET}`), undefined, 30));
    expect(published.map(({ detail }) => detail)).toMatchObject([
      { frozenAt: '2026-11-22T02:59:00.000Z' },
      { frozenAt: '2026-11-22T02:59:00.000Z' },
      { unfrozenAt: '2026-11-22T02:59:30.000Z' },
    ]);
  });
});

describe('a button for a command', () => {
  const say = (by: string, command: string) => pressedWith(by, `${BUTTON.say}.0`, command);

  it('has the same effect as the command', async () => {
    const { handle, plans, freezes } = openDesk({ access: ACCESS, targets });
    await handle(handedOver(say('U0ADA', `${TARGET} because it hurts`)));
    await handle(handedOver(say('U0ADA', `freeze ${TARGET} sale`)));
    expect(plans).toMatchObject([{ target: TARGET, reason: 'it hurts' }]);
    expect(freezes).toMatchObject([{ target: TARGET, reason: 'sale' }]);
  });

  it('does nothing for those whom no rule names', async () => {
    const command = fc.constantFrom(TARGET, `freeze ${TARGET}`, `unfreeze ${TARGET}`);
    await fc.assert(
      fc.asyncProperty(stranger, command, async (by, text) => {
        const { handle, done } = openDesk({ access: ACCESS, targets });
        await handle(handedOver(say(by, text)));
        expect(done()).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the list', () => {
  it('contains only the targets that this person may touch', async () => {
    await fc.assert(
      fc.asyncProperty(stranger, fc.constantFrom('', 'list'), async (by, text) => {
        const { handle, lists, answers } = openDesk({ access: ACCESS, targets });
        await handle(handedOver(typed(by, text)));
        expect(lists).toEqual([]);
        expect(wordsOf(answers[0]?.message.blocks as never)).not.toContain('ecs:');
      }),
      { numRuns: 100 },
    );
    const { handle, lists } = openDesk({ access: ACCESS, targets });
    await handle(handedOver(pressed('U0EVE', `${BUTTON.page}.more`, 0)));
    expect(lists).toEqual([]);
    await handle(handedOver(typed('U0ADA', '')));
    expect(lists).toMatchObject([{ first: 0, targets: [RULE, TARGET], total: 2, replaces: false }]);
  });

  it('is turned page by page, in place', async () => {
    const many = Array.from({ length: 45 }, (_, i) => `ecs:prod/service-${String(i).padStart(2, '0')}`);
    const { handle, lists } = openDesk({ access: ACCESS, targets: many });
    const turn = (page: number) => handle(handedOver(pressed('U0ADA', `${BUTTON.page}.more`, page)));
    await turn(13);
    await turn(40);
    await turn(140);
    expect(lists).toMatchObject([
      { first: 13, targets: many.slice(13, 33), total: 45, replaces: true },
      { first: 40, targets: many.slice(40), total: 45, replaces: true },
    ]);
  });

  it('shows as many of the longest names as fit into one message, and continues on the next page', async () => {
    const long = (i: number) =>
      `route53:Z0123456789ABCDEFGHIJKLMNOPQRSTU/n${String(i).padStart(2, '0')}-${'x'.repeat(250)}.example.com/CNAME`;
    const all = Array.from({ length: 60 }, (_, i) => long(i));
    const seen: string[] = [];
    for (let first = 0; first < all.length;) {
      const shown = all.slice(first, first + 20);
      const page = { first, targets: shown, total: all.length, unread: true, replaces: true };
      const { handle, answers } = openDesk({ access: ACCESS });
      await handle(listEnd({ page, looked: shown.map(longLook) }));
      const blocks = answers[0]?.message.blocks ?? [];
      expect([areBlocks(blocks), areTooLong(blocks)]).toEqual([true, false]);
      const words = wordsOf(blocks as never);
      expect(words).toContain('The tags could not be read');
      expect(words.includes('[Earlier]')).toBe(first > 0);
      const found = [...words.matchAll(/\/n(\d\d)-x/g)].map(([, i]) => long(Number(i)));
      const more = /"lastgood.page.more"[^}]*\},"value":"(\d+)"/.exec(JSON.stringify(blocks));
      seen.push(...found);
      first = more === null ? all.length : Number(more[1]);
      expect(first).toBe(seen.length);
    }
    expect(seen).toEqual(all);
  });

  it('knows no running revision if its execution failed', async () => {
    const page = { first: 0, targets: [TARGET], total: 1, unread: false, replaces: false };
    const { handle, answers } = openDesk({ access: ACCESS });
    await handle(listEnd({ page }));
    expect(wordsOf(answers[0]?.message.blocks as never)).toContain(`\`${TARGET}\` · not known what runs`);
  });
});

/** Returns the end of an execution of the list's machine. Without `looked` it timed out. */
function listEnd({ page, looked }: { readonly page: object; readonly looked?: readonly object[] }): unknown {
  const input = {
    asker: { user: 'U0ADA', sealedUrl: seal('https://hooks.slack.com/commands/1', SIGNING) },
    page,
    looking: [],
  };
  return {
    id: 'event',
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    account: '111122223333',
    detail: {
      input: JSON.stringify(input),
      ...(looked !== undefined && { output: JSON.stringify({ ...input, looked }) }),
    },
  };
}

/** A running revision with the longest possible text. */
function longLook(target: string): object {
  const revision = { id: 'one', name: 'r'.repeat(300) };
  const at = '2026-11-22T03:00:00.000Z';
  const newest = { state: 'failed', startedAt: at, revision };
  const is = { at, newest, revision, back: { id: 'zero', name: 'z'.repeat(300) }, tag: null };
  return { request: { target, reason: 'what runs' }, runs: { is } };
}

/** Returns the end of an execution of the plan's machine that found no way back. */
function planEnd(reason: string): unknown {
  const asker = { user: 'U0ADA', sealedUrl: seal('https://hooks.slack.com/commands/1', SIGNING) };
  const request = { target: TARGET, reason: 'it hurts' };
  const looked = { plan: { state: 'no-way-back', reason }, verdict: { verdict: 'skip', reasons: [] } };
  const detail = { input: JSON.stringify({ request, asker }), output: JSON.stringify(looked) };
  return { source: 'aws.states', detail };
}

function running(target: string, trigger: string, more: object = {}): RollbackRecord {
  return {
    target,
    execution: EXECUTION,
    startedAt: '2026-11-22T03:01:00.000Z',
    request: { target, reason: 'errors', trigger: { type: 'request', id: trigger } },
    ...more,
  } as unknown as RollbackRecord;
}
