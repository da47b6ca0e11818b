import { readBundle } from '../bundle.ts';
import type { SpellingOfKind } from '../spelled.ts';

/** `v2.zip (9a8b7c6d)` has two words. */
export const spelling: SpellingOfKind = { read: readBundle, severalWords: /^\S+ \([^\s()]+\)(?= |$)/ };
