import { either, type SpellingOfKind } from '../spelled.ts';

/** A task definition or a service revision, by its ARN or the end of it. */
export const spelling: SpellingOfKind = {
  read: (text) => either(text, text.slice(text.lastIndexOf('/') + 1)),
};
