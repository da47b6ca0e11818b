import type { Source } from '../../src/rollback/evidence.ts';
import { shorten } from '../../src/rollback/shorten.ts';

const MAX_LINES = 25;
export const MAX_CHARACTERS = 400;

/**
 * The evidence is part of the document, which Step Functions limits to 256 KiB (src/lambda/fitting.ts). All sources
 * together must stay a small part of that.
 */
export const MAX_BYTES = 24 * 1024;

/** Returns the sources with fewer and shorter lines. The longest sources lose lines first, and say how many. */
export function bounded(sources: readonly Source[]): readonly Source[] {
  const left = sources.map(({ lines, ...rest }) => {
    const all = lines.map(oneLine);
    return { ...rest, lines: all.slice(0, MAX_LINES), more: Math.max(0, all.length - MAX_LINES) };
  });
  for (let over = sizeOf(left) - MAX_BYTES; over > 0;) {
    const [longest] = left.toSorted((one, other) => sizeOf(other) - sizeOf(one));
    const dropped = longest?.lines.pop();
    if (longest === undefined || dropped === undefined) break;
    longest.more += 1;
    over -= sizeOf(dropped);
  }
  return left.map(({ lines, more, ...rest }): Source => ({
    ...rest,
    lines: more > 0 ? [...lines, `and ${more} more`] : lines,
  }));
}

function oneLine(line: string): string {
  return shorten(line.replaceAll(/\s+/g, ' ').trim(), MAX_CHARACTERS);
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
