import { shorten } from '../rollback/shorten.ts';

const MAX_CHARACTERS = 2048;

/** Cuts untrusted text to the length that a request may carry. */
export function clip(words: string): string {
  return shorten(words, MAX_CHARACTERS);
}
