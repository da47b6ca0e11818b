import { catchUp, notify } from '../../../functions/notify-slack/notify.ts';
import { createTell } from '../../../functions/notify-slack/tell.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import { after } from '../../../src/rollback/time.ts';
import { createPause } from '../../../src/slack/pause.ts';
import { createThreads } from '../../../src/slack/threads.ts';
import { SlackRefusal, type Message, type Slack } from '../../../src/slack/web-api.ts';
import type { Tables } from '../../src/ledger/tables.ts';

export const START = '2026-11-22T03:00:00.000Z';
export const TARGET = 'ecs:prod/checkout';
const PATIENCE = 25;
/** How long a call waits for Slack, in seconds. */
const TIMEOUT = 5;

export interface Posted {
  readonly ts: string;
  readonly thread: string | undefined;
  message: Message;
}

/** Everything that tells in Slack, on real tables, in front of a Slack that refuses what a test says. */
export async function openTelling(stand: Tables) {
  const { client } = stand;
  const table = await stand.slackTable();
  const threads = createThreads(client, table);
  const posted: Posted[] = [];
  /** Why a message is refused; null: it is taken. */
  const slack = {
    isAway: false,
    /** Words of the messages to which Slack answers nothing, for as long as anybody waits. */
    silentOn: /$^/,
    refuses: (_words: string, _method: string): string | null => null,
  };
  const check = (method: string, message: Message) => {
    if (slack.silentOn.test(JSON.stringify(message))) {
      now = after(now, TIMEOUT);
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
  const tell = createTell(api as Slack, 'C1', threads, () => Promise.resolve());
  const telling = {
    threads,
    pause: createPause(client, table),
    now: () => now,
    tell: () => Promise.resolve(tell),
  };
  const onEvent = notify(telling);
  return {
    slack,
    posted,
    threads,
    /** Takes one event, a second after everything before. */
    hear: (event: unknown) => {
      now = after(now, 1);
      return onEvent(event);
    },
    now: () => now,
    /** What the schedule does, a minute after everything before. */
    catchUp: () => {
      now = after(now, 60);
      return catchUp(telling, after(now, -PATIENCE));
    },
    words: () => posted.map(({ message }) => JSON.stringify(message)),
  };
}

/** One of our events about an execution. */
export const told = (detailType: string, execution: string, detail: object): unknown => ({
  id: `${detailType} ${execution}`,
  source: 'lastgood',
  'detail-type': detailType,
  account: '111122223333',
  detail: { version: '1', target: TARGET, execution, ...detail },
});

const FROM = { id: 'two', name: 'checkout:2' };
const TO = { id: 'one', name: 'checkout:1' };

export const stopped = (execution: string): unknown =>
  told('Rollback Stopped', execution, { from: FROM, to: TO, state: 'stopped', stoppedAt: START });

export const reverted = (execution: string, number: number): unknown =>
  told('Rollback Reverted', execution, {
    ...{ from: FROM, to: TO, state: 'started', number, rungs: 2, deployment: 'd', left: [] },
    ...{ rung: { name: `way-${number}`, does: `way ${number}`, withinSeconds: 60 } },
    ...{ revertedAt: START, settleBy: START },
  });

/** How a rollback ended. */
export const ended = (execution: string, type: 'Succeeded' | 'Failed', endedAt: string): unknown =>
  told(`Rollback ${type}`, execution, {
    outcome: type === 'Succeeded' ? 'rolled-back' : 'failed-dirty',
    ...{ reason: `it ${type}`, advice: [], endedAt },
  });

/** The question whether to go back from a revision. */
export const asked = (execution: string, from: string, askedAt: string, more: object = {}): unknown =>
  told('Rollback Approval Requested', execution, {
    ...{ reasons: [], from: { id: from, name: from }, to: TO },
    ...{ askedAt, answerBy: after(askedAt, 600), onSilence: 'stay', ...more },
  });
