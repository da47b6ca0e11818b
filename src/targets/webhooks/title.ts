import { NAMES } from './labels.ts';
import type { Word } from '../words.ts';

/**
 * A label within a title. It ends at a space, or at punctuation that no usual target contains. Within quotation marks
 * it contains everything between them.
 */
const LABEL = new RegExp(
  `(?<![\\w.:-])(?:${NAMES.map((name) => name.replace('.', '\\.')).join('|')})[=:]` +
    `(?:"([^"]*)"|([^\\s,;|<>(){}\\[\\]"'\`]+))`,
  'g',
);

/** Returns the targets in the labels of a title. Punctuation at the end belongs to the sentence. */
export function targetsInTitle(title: string, field: string): readonly Word[] {
  return [...title.matchAll(LABEL)].flatMap(([, quoted, bare = '']) =>
    (quoted?.split(' ') ?? [bare.replace(/[.:!?…]+$/u, '')])
      .filter((target) => target !== '')
      .map((target) => ({ field, target })),
  );
}

/**
 * Returns the part of a title that is the same over all turns of an alert. Removes the state that tools put before it
 * in brackets, and replaces numbers.
 */
export function stableTitle(title: string): string {
  return title
    .replace(/^\s*(?:\[[^\]]*\]\s*)+/, '')
    .replaceAll(/\d+(?:[.,]\d+)*/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
