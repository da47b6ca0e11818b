import { createHash } from 'node:crypto';
import { logger } from '../../src/lambda/logger.ts';
import { fits } from '../../src/slack/messages/blocks.ts';
import { QUESTION_CLOSED } from '../../src/slack/messages/question.ts';
import { messagesOf, type Messages } from '../../src/slack/messages/thread.ts';
import { questionIdOf, type QuestionId } from '../../src/slack/superseded.ts';
import type { Part, Shown, Story, Thread, Threads } from '../../src/slack/threads.ts';
import { SlackRefusal, type Message, type Slack } from '../../src/slack/web-api.ts';
import type { Graph } from './graph.ts';

/** Brings a thread in Slack up to date. */
export type Post = (thread: Thread) => Promise<void>;

const ORDER = ['root', 'question', 'progress', 'hindrance', 'end'] as const;

/**
 * Posts new messages, updates those that changed, and leaves the others alone. Stores each posted message at once, so
 * that the next invocation continues after a failure.
 */
export function createPost(
  slack: Slack,
  channel: string,
  threads: Pick<Threads, 'show'>,
  graph: Graph,
): Post {
  const bring = async ({ key, story, shown }: Thread): Promise<void> => {
    const messages = withoutLateProgress(messagesOf(story), shown);
    const remember = (part: Part, is: Shown) => threads.show(key, part, is);
    const before = { ...shown, question: await currentQuestion(slack, story, shown.question) };
    let root = shown.root;
    for (const part of ORDER) {
      const message = messages[part];
      if (message === undefined) continue;
      const is = await show(slack, root?.channel ?? channel, message, before[part], root?.ts);
      if (is !== before[part])
        await remember(part, part === 'question' ? { ...is, plan: keyOf(questionIdOf(story)) } : is);
      if (part === 'root') root = is;
    }
    if (root !== undefined && shown.picture === undefined && story.started?.trigger.type === 'alarm') {
      await graph(root, story.started.trigger.of ?? '');
      await remember('picture', { ...root, says: 'drawn' });
    }
  };
  return async (thread) => {
    const shown = inOneChannel(thread.shown);
    try {
      await bring({ ...thread, shown });
    } catch (error) {
      // The channel may come back, unless another one is configured by now.
      if (!isGone(error) || shown.root === undefined || shown.root.channel === channel) throw error;
      logger.warn('the channel is gone: the thread begins anew', error);
      await bring({ ...thread, shown: {} });
    }
  };
}

/**
 * Refusals after which nothing can be posted in this channel: it was archived or deleted, or Lastgood was removed from it.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
const GONE = ['is_archived', 'channel_not_found', 'not_in_channel'];

function isGone(error: unknown): error is SlackRefusal {
  return error instanceof SlackRefusal && GONE.includes(error.code);
}

/** Leaves out what was posted in a channel before the thread began anew in another. */
function inOneChannel(shown: Thread['shown']): Thread['shown'] {
  const { root } = shown;
  if (root === undefined) return {};
  return Object.fromEntries(Object.entries(shown).filter(([, { channel }]) => channel === root.channel));
}

/** Puts progress that was not posted before the end into the message of the end: one message less, and in the order of time. */
function withoutLateProgress({ progress, end, ...others }: Messages, shown: Thread['shown']): Messages {
  if (progress === undefined || end === undefined || shown.progress !== undefined)
    return { ...others, ...(progress && { progress }), ...(end && { end }) };
  const both = { text: end.text, blocks: [...progress.blocks, ...end.blocks] };
  return fits(both) ? { ...others, end: both } : { ...others, progress, end };
}

/**
 * Returns the posted question if it is the current one. Closes an earlier question and returns undefined: the new
 * question is posted, because an update notifies no reader.
 */
async function currentQuestion(
  slack: Slack,
  story: Story,
  shown: Shown | undefined,
): Promise<Shown | undefined> {
  const id = questionIdOf(story);
  if (shown === undefined || shown.plan === keyOf(id)) return shown;
  const isSamePlan = shown.plan?.split(' ')[0] === id?.plan;
  const closed = QUESTION_CLOSED[isSamePlan ? 'judged again' : 'plan changed'];
  await slack.update(shown, closed).catch(ignoreIfLost);
  return undefined;
}

/** Returns the plan's hash alone for the first question, as earlier versions stored it. */
function keyOf(id: QuestionId | null): string {
  if (id === null) return '';
  return id.again === 0 ? id.plan : `${id.plan} ${id.again}`;
}

async function show(
  slack: Slack,
  channel: string,
  message: Message,
  before: Shown | undefined,
  thread: string | undefined,
): Promise<Shown> {
  const says = createHash('sha256').update(JSON.stringify(message)).digest('hex');
  if (before === undefined) return { ...(await slack.post(channel, message, thread)), says };
  if (before.says === says) return before;
  await slack.update(before, message).catch(ignoreIfLost);
  return { ...before, says };
}

/**
 * Refusals after which no update can succeed: deleted, another app's, or too old.
 * https://docs.slack.dev/reference/methods/chat.update
 */
const LOST = ['message_not_found', 'cant_update_message', 'edit_window_closed'];

/**
 * Logs a lost message and goes on. Rethrows any other error: a retry may succeed, and the message is not updated yet.
 */
function ignoreIfLost(error: unknown): void {
  if (!(error instanceof SlackRefusal) || !LOST.includes(error.code)) throw error;
  logger.warn('not updated', error);
}
