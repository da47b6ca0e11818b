import { asRecord } from '../../rollback/json.ts';
import type { Word } from '../words.ts';

/** One label under three names: not every tool allows a colon or a dot in the name of a label. */
export const NAMES = ['lastgood_target', 'lastgood:target', 'lastgood.target'] as const;

/** The targets that labels name: a text with spaces between the targets, or a list of such texts. */
export function targetsIn(labels: unknown, within: string): readonly Word[] {
  const found = asRecord(labels) ?? {};
  return NAMES.flatMap((name) =>
    wordsOf(found[name]).map((target) => ({ field: within === '' ? name : `${within}.${name}`, target })),
  );
}

/** The targets that texts of the form `lastgood_target=…` or `lastgood_target:…` name. */
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
