import { asRecord } from '../../rollback/json.ts';
import type { Word } from '../words.ts';

/** The three names of the label: not every tool allows a colon or a dot in one. */
export const NAMES = ['lastgood_target', 'lastgood:target', 'lastgood.target'] as const;

/** Returns the targets in labels. A label is a text of targets, separated by spaces, or a list of such texts. */
export function targetsIn(labels: unknown, within: string): readonly Word[] {
  const found = asRecord(labels) ?? {};
  return NAMES.flatMap((name) =>
    wordsOf(found[name]).map((target) => ({ field: within === '' ? name : `${within}.${name}`, target })),
  );
}

/** Returns the targets in texts of the form `lastgood_target=…` or `lastgood_target:…`. */
export function targetsAmong(texts: readonly string[], field: string): readonly Word[] {
  const tags = texts.flatMap((text) =>
    NAMES.filter((name) => text.startsWith(`${name}:`) || text.startsWith(`${name}=`)).map((name) =>
      text.slice(name.length + 1),
    ),
  );
  return tags.map((target) => ({ field, target }));
}

function wordsOf(value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.split(' '))
    .filter((word) => word !== '');
}
