import { logger } from '../../src/lambda/logger.ts';
import { wordsOfPause } from '../../src/rollback/pause.ts';
import { prose } from '../../src/slack/escape.ts';
import { mayNotPause, say } from '../../src/slack/messages/answers.ts';
import type { Asked } from '../../src/slack/asked.ts';
import type { Command } from '../../src/slack/said.ts';
import type { Message } from '../../src/slack/web-api.ts';
import type { Desk } from './desk.ts';

/** The name under which an access rule lets a person pause Lastgood. No target has it; `*` matches it. */
const PAUSE = 'pause';

type Ordering = Extract<Asked, { readonly verb: 'pause' | 'resume' }>;

/** Pauses Lastgood, or resumes it, if an access rule names `pause`. */
export async function orderPause(desk: Desk, { user }: Command, asked: Ordering): Promise<Message> {
  const { may, readPause, writePause, saidAt: at } = desk;
  if (!(await may(user, PAUSE))) return mayNotPause;
  const by = `slack:${user}`;
  if (asked.verb === 'pause') {
    await writePause({ paused: true, because: asked.reason, by, at });
    return say(
      'Lastgood is paused: it changes nothing until you resume it. The channel hears of it at once.',
    );
  }
  const before = await readPause();
  if (before?.paused !== true) return say('Lastgood is not paused.');
  await writePause({ paused: false, by, at });
  return say('Lastgood acts again. Rollbacks that wait go on within a minute.');
}

/** Returns a note where Lastgood is paused, or where that cannot be read. An answer never fails for it. */
export async function pauseNotes({ readPause }: Pick<Desk, 'readPause'>): Promise<readonly string[]> {
  try {
    const order = await readPause();
    return order?.paused === true
      ? [prose(`${wordsOfPause(order)}. Nothing is changed until it is resumed.`)]
      : [];
  } catch (error) {
    logger.warn('not known whether Lastgood is paused', error as Error);
    return ['It is not known whether Lastgood is paused.'];
  }
}
