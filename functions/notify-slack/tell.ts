import { createHash } from 'node:crypto';
import { logger } from '../../src/lambda/logger.ts';
import { messagesOf, QUESTION_CLOSED } from '../../src/slack/messages/thread.ts';
import { questionIdOf, type QuestionId } from '../../src/slack/superseded.ts';
import type { Part, Shown, Story, Thread, Threads } from '../../src/slack/threads.ts';
import { SlackRefusal, type Message, type Slack } from '../../src/slack/web-api.ts';
import type { Graph } from './graph.ts';

/** Makes Slack show what a thread says by now. */
export type Tell = (thread: Thread) => Promise<void>;

const ORDER = ['root', 'question', 'progress', 'end'] as const;

/**
 * Posts what is not there yet and updates what says something else; what already stands is left alone. Whatever was
 * shown is remembered at once, so that a telling that broke off goes on where it was.
 */
export function createTell(
  slack: Slack,
  channel: string,
  threads: Pick<Threads, 'show'>,
  graph: Graph,
): Tell {
  return async ({ key, story, shown }) => {
    const messages = messagesOf(story);
    const remember = (part: Part, is: Shown) => threads.show(key, part, is);
    const before = { ...shown, question: await stillAsked(slack, story, shown.question) };
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
}

/**
 * Returns the question in Slack, if it is the one that is asked now. Closes another one: the new question is posted,
 * because an update notifies no reader.
 */
async function stillAsked(slack: Slack, story: Story, shown: Shown | undefined): Promise<Shown | undefined> {
  const id = questionIdOf(story);
  if (shown === undefined || shown.plan === keyOf(id)) return shown;
  const isSamePlan = shown.plan?.split(' ')[0] === id?.plan;
  const closed = QUESTION_CLOSED[isSamePlan ? 'judged again' : 'plan changed'];
  await slack.update(shown, closed).catch(letGo);
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
  await slack.update(before, message).catch(letGo);
  return { ...before, says };
}

/** The message can never be changed again: deleted, another app's, or too old. https://docs.slack.dev/reference/methods/chat.update */
const LOST = ['message_not_found', 'cant_update_message', 'edit_window_closed'];

/** The story goes on without such a message. Any other refusal may pass: the message is not shown before it has. */
function letGo(error: unknown): void {
  if (!(error instanceof SlackRefusal) || !LOST.includes(error.code)) throw error;
  logger.warn('not updated', error);
}
