import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ACTS } from './acts/all.ts';
import { FAULTS } from './faults/all.ts';
import { groundNamed } from './grounds.ts';
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
  return storyIn(inflated(word));
}

function inflated(word: string): string {
  try {
    return inflateRawSync(Buffer.from(word, 'base64url')).toString();
  } catch {
    throw new Error('this is no story that a campaign has printed: copy the whole command');
  }
}

/**
 * Reads a story from JSON.
 * @throws Error if it is none, or names a ground, an act or a fault that no longer exists
 */
export function storyIn(text: string): Story {
  const story = parsed(text);
  groundNamed(story.ground);
  const known = new Set([...ACTS, ...FAULTS].map(({ name }) => name));
  for (const { what } of story.steps)
    if (!known.has(what)) throw new Error(`no act and no fault is named ${JSON.stringify(what)}`);
  return story;
}

function parsed(text: string): Story {
  try {
    const story = JSON.parse(text) as Partial<Story> | null;
    const { tags, alarm } = story?.settings ?? {};
    const isWhole = [story?.seed, story?.minutes].every(Number.isFinite) && Array.isArray(story?.steps);
    if (isWhole && typeof story.ground === 'string' && tags && alarm) return story as Story;
  } catch {
    // Text that is no JSON is no story either.
  }
  throw new Error('this is no story: it needs a seed, a ground, settings, steps and minutes');
}

/** Returns the command that plays a story again. */
export function replayOf(story: Story): string {
  return `npm run -s campaign -- --replay ${written(story)}`;
}
