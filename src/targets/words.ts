import { rejected, type Rejected } from './answer.ts';
import { clip } from './clip.ts';
import { problemOfTarget } from './target.ts';

/** A word of a tag or a label, and the path at which it stands. */
export interface Word {
  readonly field: string;
  readonly target: string;
}

/** What the words of a tag or a label name. */
export interface Named {
  /** Each once. */
  readonly targets: readonly string[];
  /** The words that name no target. */
  readonly wrong: readonly Rejected[];
}

/** Sorts words into targets and others: one wrong word must not lose a right one. */
export function sortWords(words: readonly Word[]): Named {
  const wrong = words.flatMap((word) => problemOf(word) ?? []);
  const right = words.filter((word) => problemOf(word) === null).map(({ target }) => target);
  return { targets: [...new Set(right)], wrong };
}

/** Names the word itself, because several may stand in one field. */
function problemOf({ field, target }: Word): Rejected | null {
  const problem = problemOfTarget(target);
  if (problem === null) return null;
  const word = JSON.stringify(clip(target));
  return rejected(field, problem.startsWith(word) ? problem : `${word}: ${problem}`);
}
