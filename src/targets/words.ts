import { rejected, type Rejected } from './answer.ts';
import { clip } from './clip.ts';
import { problemOfTarget } from './target.ts';

/** A word of a tag or a label, and its path. */
export interface Word {
  readonly field: string;
  readonly target: string;
}

/** The sorted words of a tag or a label. */
export interface Named {
  /** The targets, each once. */
  readonly targets: readonly string[];
  /** The words that name no target. */
  readonly wrong: readonly Rejected[];
}

/** Sorts words into targets and others, so that one wrong word does not discard the right ones. */
export function sortWords(words: readonly Word[]): Named {
  const wrong = words.flatMap((word) => problemOf(word) ?? []);
  const right = words.filter((word) => problemOf(word) === null).map(({ target }) => target);
  return { targets: [...new Set(right)], wrong };
}

/** Returns what is wrong with a word. Names the word, because one field may contain several. */
function problemOf({ field, target }: Word): Rejected | null {
  const problem = problemOfTarget(target);
  if (problem === null) return null;
  const word = JSON.stringify(clip(target));
  return rejected(field, problem.startsWith(word) ? problem : `${word}: ${problem}`);
}
