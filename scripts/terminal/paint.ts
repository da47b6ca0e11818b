import type { WriteStream } from 'node:tty';
import { createColors } from 'picocolors';

export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'dim' | 'strong';

/** Colours a text by its tone, or returns it unchanged. */
export type Paint = (tone: Tone, text: string) => string;

/** A stream that may be a terminal. */
export type Out = Pick<WriteStream, 'write'> &
  Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'getColorDepth'>>;

/** Colours with fewer bits than this: the terminal has none. */
const MIN_COLOUR_BITS = 2;

/**
 * Says whether to colour a stream. Node reads NO_COLOR, FORCE_COLOR and TERM:
 * https://nodejs.org/api/tty.html#writestreamgetcolordepthenv
 */
export function isColoured(out: Out, env: NodeJS.ProcessEnv = process.env): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  if (env['FORCE_COLOR'] !== undefined) return !['0', 'false'].includes(env['FORCE_COLOR']);
  return out.isTTY === true && (out.getColorDepth?.(env) ?? 1) > MIN_COLOUR_BITS;
}

/** An empty value counts as absent: https://no-color.org */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** Returns the painter of a stream. */
export function painterOf(out: Out, env: NodeJS.ProcessEnv = process.env): Paint {
  return painter(isColoured(out, env));
}

export function painter(isOn: boolean): Paint {
  const { green, red, yellow, dim, bold } = createColors(isOn);
  const tones = { plain: String, good: green, bad: red, warn: yellow, dim, strong: bold };
  return (tone, text) => tones[tone](text);
}

/** Columns where the width is not known, as in a pipe. */
const COLUMNS = 80;
const MIN_COLUMNS = 40;
/** Longer lines are hard to read. */
const MAX_COLUMNS = 120;

/** Returns the number of columns that a line may fill. */
export function columnsOf({ columns = 0 }: Out): number {
  return columns === 0 ? COLUMNS : Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, columns));
}
