import { NAMES } from './labels.ts';
import type { Word } from '../words.ts';

/**
 * A label within a title. It ends at a space or at punctuation that no usual target holds; in quotation marks a label
 * holds whatever stands between them.
 */
const LABEL = new RegExp(
  `(?<![\\w.:-])(?:${NAMES.map((name) => name.replace('.', '\\.')).join('|')})[=:]` +
    `(?:"([^"]*)"|([^\\s,;|<>(){}\\[\\]"'\`]+))`,
  'g',
);

/** The targets that the labels in a title name. Punctuation at the end is the sentence's, and not the target's. */
export function targetsInTitle(title: string, field: string): readonly Word[] {
  return [...title.matchAll(LABEL)].flatMap(([, quoted, bare = '']) =>
    (quoted?.split(' ') ?? [bare.replace(/[.:!?…]+$/u, '')])
      .filter((target) => target !== '')
      .map((target) => ({ field, target })),
  );
}

/**
 * What a title keeps over all turns of an alert: without the state that tools put before it in brackets, without numbers
 * that change.
 */
export function stableTitle(title: string): string {
  return title
    .replace(/^\s*(?:\[[^\]]*\]\s*)+/, '')
    .replaceAll(/\d+(?:[.,]\d+)*/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
