const LONGEST = 2048;

/** Other people's words, no longer than a request may carry. */
export function clip(words: string): string {
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST - 1)}…`;
}
