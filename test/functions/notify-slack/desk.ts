import { catchUp, notify } from '../../../functions/notify-slack/notify.ts';
import { createPost } from '../../../functions/notify-slack/post.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import { after, isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import { createPause } from '../../../src/slack/pause.ts';
import { createThreads, type Threads } from '../../../src/slack/threads.ts';
import { SlackLimit, SlackRefusal, type Message, type Slack } from '../../../src/slack/web-api.ts';
import type { Tables } from '../../src/ledger/tables.ts';

export const START = '2026-11-22T03:00:00.000Z';
export const TARGET = 'ecs:prod/checkout';
/** How long a call waits for Slack, in seconds. */
const TIMEOUT_SECONDS = 5;

export interface Posted {
  readonly ts: string;
  readonly thread: string | undefined;
  message: Message;
}

/** Makes notify-slack on real tables, with a Slack that refuses what a test says. */
export async function openNotify(tables: Tables) {
  const { client } = tables;
  const table = await tables.slackTable();
  const kept = createThreads(client, table);
  const threads: Threads = {
    ...kept,
    add: (...given) =>
      slack.isTableAway ? Promise.reject(new Unavailable('the table is away')) : kept.add(...given),
  };
  const posted: Posted[] = [];
  const slack = {
    isAway: false,
    /** Parameter Store does not say whether Slack is set up. */
    isUnknown: false,
    /** The table takes nothing. */
    isTableAway: false,
    /** Slack accepts a message after so many seconds. 0: at once. */
    everySeconds: 0,
    /** Calls before the end of a Retry-After. */
    tooSoon: 0,
    /** Words of the messages that time out. */
    silentOn: /$^/,
    /** Returns Slack's error code for a message; null: Slack accepts it. */
    refuses: (_words: string, _method: string): string | null => null,
  };
  let acceptsAt = START;
  let askedToWaitUntil = START;
  /** Returns the seconds until Slack accepts a message; 0: now. */
  const secondsToWait = (method: string): number => {
    if (method !== 'chat.postMessage' || slack.everySeconds === 0) return 0;
    if (isAfter(askedToWaitUntil, now)) slack.tooSoon++;
    const seconds = Math.ceil(secondsBetween(now, acceptsAt));
    if (seconds > 0) askedToWaitUntil = after(now, seconds);
    else acceptsAt = after(now, slack.everySeconds);
    return Math.max(0, seconds);
  };
  const check = (method: string, message: Message) => {
    const seconds = secondsToWait(method);
    if (seconds > 0) return Promise.reject(new SlackLimit(method, seconds));
    if (slack.silentOn.test(JSON.stringify(message))) {
      now = after(now, TIMEOUT_SECONDS);
      return Promise.reject(new Unavailable(`Slack did not answer ${method}`));
    }
    if (slack.isAway) return Promise.reject(new Unavailable('Slack is away'));
    const code = slack.refuses(JSON.stringify(message), method);
    return code === null ? Promise.resolve() : Promise.reject(new SlackRefusal(method, code));
  };
  const api: Pick<Slack, 'post' | 'update'> = {
    post: async (channel, message, thread) => {
      await check('chat.postMessage', message);
      const ts = String(posted.length + 1);
      posted.push({ ts, thread, message });
      return { channel, ts };
    },
    update: async ({ ts }, message) => {
      await check('chat.update', message);
      Object.assign(
        posted.find((one) => one.ts === ts)!,
        { message },
      );
    },
  };
  let now = START;
  const post = createPost(api as Slack, 'C1', threads, () => Promise.resolve());
  const notifying = {
    threads,
    pause: createPause(client, table),
    now: () => now,
    wait: (milliseconds: number) => Promise.resolve(void (now = after(now, milliseconds / 1000))),
    connectSlack: () =>
      slack.isUnknown
        ? Promise.reject(new Unavailable('Parameter Store did not answer'))
        : Promise.resolve(post),
  };
  const onEvent = notify(notifying);
  return {
    slack,
    posted,
    threads,
    /** Handles one event, one second later. */
    hear: (event: unknown) => {
      now = after(now, 1);
      return onEvent(event);
    },
    now: () => now,
    /** Runs the schedule, one minute later. */
    catchUp: (seconds = 60) => {
      now = after(now, seconds);
      return catchUp(notifying);
    },
    words: () => posted.map(({ message }) => JSON.stringify(message)),
  };
}

/** Returns an event of Lastgood about an execution. */
export const eventOf = (detailType: string, execution: string, detail: object): unknown => ({
  id: `${detailType} ${execution}`,
  source: 'lastgood',
  'detail-type': detailType,
  account: '111122223333',
  detail: { version: '1', target: TARGET, execution, ...detail },
});

const FROM = { id: 'two', name: 'checkout:2' };
const TO = { id: 'one', name: 'checkout:1' };

export const stopped = (execution: string): unknown =>
  eventOf('Rollback Stopped', execution, { from: FROM, to: TO, state: 'stopped', stoppedAt: START });

export const reverted = (execution: string, number: number): unknown =>
  eventOf('Rollback Reverted', execution, {
    ...{ from: FROM, to: TO, state: 'started', number, rungs: 2, deployment: 'd', left: [] },
    ...{ rung: { name: `way-${number}`, does: `way ${number}`, withinSeconds: 60 } },
    ...{ revertedAt: START, settleBy: START },
  });

/** Returns the end of a rollback. */
export const ended = (execution: string, type: 'Succeeded' | 'Failed', endedAt: string): unknown =>
  eventOf(`Rollback ${type}`, execution, {
    outcome: type === 'Succeeded' ? 'rolled-back' : 'failed-dirty',
    ...{ reason: `it ${type}`, advice: [], endedAt },
  });

/** Returns the question whether to go back from a revision. */
export const asked = (execution: string, from: string, askedAt: string, more: object = {}): unknown =>
  eventOf('Rollback Approval Requested', execution, {
    ...{ reasons: [], from: { id: from, name: from }, to: TO },
    ...{ askedAt, answerBy: after(askedAt, 600), onSilence: 'stay', ...more },
  });
