import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Story } from './story.ts';

/** Writes a story as one word for a command line. */
export function written(story: Story): string {
  return deflateRawSync(JSON.stringify(story)).toString('base64url');
}

/**
 * Reads a word that `written` wrote.
 * @throws Error if it is none
 */
export function read(word: string): Story {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(word, 'base64url')).toString()) as Story;
  } catch {
    throw new Error('this is no story that a campaign has printed: copy the whole command');
  }
}

/** Returns the command that plays a story again. */
export function replayOf(story: Story): string {
  return `npm run -s campaign -- --replay ${written(story)}`;
}
