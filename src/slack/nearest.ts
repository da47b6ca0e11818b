const MAX_SUGGESTIONS = 3;

/**
 * Returns the candidates that the text may mean, nearest first: those that contain the text, and those a few typing
 * errors away (one for every three characters).
 */
export function nearest(text: string, candidates: readonly string[]): readonly string[] {
  if (text === '') return candidates.slice(0, MAX_SUGGESTIONS);
  const tolerated = Math.max(1, Math.floor(text.length / 3));
  return candidates
    .map((candidate) => ({ candidate, far: typingErrors(text.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= tolerated)
    .sort((one, other) => one.far - other.far)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/** Returns the candidates that contain every word of the text, in their order. If none does, returns the nearest. */
export function fitting(text: string, candidates: readonly string[]): readonly string[] {
  const words = text.toLowerCase().split(/\s+/);
  const found = candidates.filter((one) => words.every((word) => one.toLowerCase().includes(word)));
  return found.length > 0 ? found : nearest(text.trim(), candidates);
}

/** Counts typing errors. A text that is a part of the name counts as one. */
function typingErrors(text: string, candidate: string): number {
  return text.length >= 3 && candidate.includes(text) ? 1 : editDistance(text, candidate);
}

/** Returns the Levenshtein distance: how many characters must be inserted, deleted or replaced. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
