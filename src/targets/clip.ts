const LONGEST = 2048;

/** Cuts untrusted text to the length that a request may carry. */
export function clip(words: string): string {
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST - 1)}…`;
}
