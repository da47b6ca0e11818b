import { either, type SpellingOfKind } from '../spelled.ts';

/** Reads a configuration version, with or without the name of its profile: `4`, `flags:4`. */
export const spelling: SpellingOfKind = {
  read: (text) => either(text, text.slice(text.lastIndexOf(':') + 1)),
};
