import { answerSlack } from '../../../functions/answer-slack/answer-slack.ts';
import type { Page } from '../../../functions/answer-slack/lists.ts';
import type { OpenDesk } from '../../../functions/answer-slack/desk.ts';
import { seal } from '../../../src/slack/seal.ts';
import { Secret } from '../../../src/aws/secret.ts';
import type { Question } from '../../../src/approvals/questions.ts';
import type { Kept } from '../../../src/readiness/document.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import type { PauseOrder } from '../../../src/rollback/pause.ts';
import { mayTouch, type Access } from '../../../src/slack/access.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Answered } from '../../../src/ledger/storms.ts';
import type { Member } from '../../../src/rollback/storm/member.ts';
import type { Message } from '../../../src/slack/web-api.ts';
import { rememberingEmitter } from '../../src/events/published.ts';
import { createFakeStarter } from '../starter.ts';
import { NOW, SECRET, sign } from '../on-slack/slack-requests.ts';

export const TARGET = 'ecs:prod/checkout';
export const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:one';
export const PLAN = 'a'.repeat(64);
export const ANOTHER_PLAN = 'b'.repeat(64);
export const ASKED_AT = '2026-11-22T03:00:00.000Z';

export interface DeskOptions {
  readonly access?: Access;
  readonly members?: Readonly<Record<string, readonly string[]>>;
  readonly question?: Question | null;
  readonly targets?: readonly string[];
  /** True while Slack accepts no answers. */
  readonly isAway?: boolean;
  /** True if no execution waits for an answer. */
  readonly isLate?: boolean;
  /** The targets of every storm, and what becomes of an answer to its list. */
  readonly inStorm?: readonly string[];
  readonly taken?: Answered;
  /** The last check of every target. */
  readonly kept?: Kept | null;
  /** The rollbacks that run; an error if they cannot be read. */
  readonly running?: readonly RollbackRecord[] | Error;
}

export const question: Question = {
  token: 'token',
  answerBy: '2026-11-22T03:10:00.000Z',
  askedBy: null,
  about: { plan: PLAN, approvals: 1, askedAt: ASKED_AT, heard: 0, again: 0 },
};

/** Makes a desk that records every action. */
export function openDesk({
  access = [],
  members = {},
  question: asked = question,
  targets = [],
  isAway = false,
  isLate = false,
  inStorm = [],
  taken = { is: 'taken', number: 1 },
  kept = null,
  running = [],
}: DeskOptions = {}) {
  const replies: object[] = [];
  const plans: object[] = [];
  const checks: object[] = [];
  const lists: Page[] = [];
  const freezes: object[] = [];
  const orders: PauseOrder[] = [];
  const answers: { readonly url: string; readonly message: Message }[] = [];
  const stormAnswers: object[] = [];
  const sent: string[] = [];
  const starter = createFakeStarter();
  const { emitter, published } = rememberingEmitter();
  const desk: OpenDesk = {
    secret: SIGNING,
    may: (user, target) => mayTouch(access, user, target, (group) => Promise.resolve(members[group] ?? [])),
    targets: () => Promise.resolve({ targets, unread: false }),
    startCheck: (check, beside) => Promise.resolve(checks.push({ ...check, ...beside }) > 0),
    readinesses: { of: () => Promise.resolve(kept) },
    ledger: { entries: () => Promise.resolve([]) },
    claims: { open: () => (running instanceof Error ? Promise.reject(running) : Promise.resolve(running)) },
    freezes: {
      freeze: (freeze) => Promise.resolve(void freezes.push(freeze)),
      unfreeze: () => Promise.resolve(Boolean(freezes.pop())),
      of: () => Promise.resolve(null),
    },
    readPause: () => Promise.resolve(orders.at(-1) ?? null),
    writePause: (order) => Promise.resolve(void orders.push(order)),
    emitter,
    plans: { start: (request) => Promise.resolve(void plans.push(request)) },
    lists: { start: (page) => Promise.resolve(void lists.push(page)) },
    starter,
    questions: {
      of: (target, execution) => Promise.resolve(target === TARGET && execution === EXECUTION ? asked : null),
    },
    reports: {
      link: (execution) =>
        Promise.resolve(
          execution === EXECUTION
            ? { url: 'https://s3/?a=1&b=2', expiresAt: '2026-11-22T03:05:00.000Z' }
            : null,
        ),
    },
    reply: (token, answer) => {
      if (isLate) return Promise.resolve('too-late');
      replies.push({ token, ...answer });
      return Promise.resolve('answered');
    },
    storms: {
      members: () => Promise.resolve(inStorm.map((target) => ({ target }) as Member)),
      answer: (storm, answer) => Promise.resolve((stormAnswers.push({ storm, ...answer }), taken)),
    },
    sendAnswer: (storm, list) => Promise.resolve(void sent.push(`${storm} ${list}`)),
    answerTo: (url, message) =>
      isAway
        ? Promise.reject(new Unavailable('Slack'))
        : Promise.resolve(void answers.push({ url, message })),
    now: () => new Date(NOW * 1000).toISOString(),
  };
  const done = () => [...replies, ...plans, ...checks, ...freezes, ...starter.started];
  return {
    handle: answerSlack(() => Promise.resolve(desk)),
    replies,
    plans,
    checks,
    lists,
    freezes,
    starter,
    answers,
    published,
    done,
    stormAnswers,
    sent,
  };
}

export const SIGNING = new Secret(SECRET, 'signing-secret');

/** Returns a request as on-slack hands it over. */
export const handedOver = (body: string, secret = SECRET, age = 1): unknown => {
  const { timestamp, signature } = sign(String(NOW - age), body, secret);
  const sealed = seal(body, SIGNING);
  return {
    id: 'event',
    source: 'lastgood.slack',
    'detail-type': 'Slack Request',
    account: '111122223333',
    detail: { timestamp, signature, sealed },
  };
};

export const typed = (user: string, text: string): string =>
  new URLSearchParams({
    command: '/rollback',
    text,
    team_id: 'T0TEAM',
    user_id: user,
    channel_id: 'C0CHANNEL',
    trigger_id: `trigger-${user}-${text}`,
    response_url: 'https://hooks.slack.com/commands/1',
  }).toString();

export const pressed = (user: string, button: string, value: unknown): string =>
  pressedWith(user, button, JSON.stringify(value));

export const pressedWith = (user: string, button: string, value: string): string => {
  const payload = {
    type: 'block_actions',
    team: { id: 'T0TEAM' },
    user: { id: user },
    channel: { id: 'C0CHANNEL' },
    trigger_id: `trigger-${user}-${button}`,
    response_url: 'https://hooks.slack.com/actions/1',
    actions: [{ action_id: button, value }],
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
};
