import { kinds } from './spellings/kinds.ts';
import { either, type Spelling, type SpellingOfKind } from './spellings/spelled.ts';

/** Reads a revision of a target. Ids of Lastgood are always clear. */
export function readSpelling(target: string, text: string): Spelling {
  return spellingOf(target)?.read(text, target.slice(target.indexOf(':') + 1)) ?? either(text);
}

/** Returns how revisions of a target's kind are written. Null: only by their ids and names. */
export function spellingOf(target: string): SpellingOfKind | null {
  const [kind = ''] = target.split(':');
  return Object.hasOwn(kinds, kind) ? (kinds[kind] ?? null) : null;
}
