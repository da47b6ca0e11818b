import type { Cause, Triage } from '../evidence.ts';
import type { Traces } from './traces.ts';

/** Returns a cause that the traces name; null: they do not name this one. */
export type Finder = (traces: Traces) => Triage | null;

const MAX_REASONS = 3;

/** Finds a cause in lines of one kind. The sentence may depend on the first of them. */
export function byLines(
  cause: Cause,
  linesOf: (traces: Traces) => readonly string[],
  sentence: string | ((first: string) => string),
): Finder {
  return (traces) => {
    const lines = linesOf(traces);
    const [first] = lines;
    if (first === undefined) return null;
    return triage(cause, typeof sentence === 'string' ? sentence : sentence(first), lines);
  };
}

type Lines = { [part in keyof Traces]: Traces[part] extends readonly string[] ? part : never }[keyof Traces];

/** Returns the lines of a part that match. */
export function matching(part: Lines, pattern: RegExp): (traces: Traces) => readonly string[] {
  return (traces) => traces[part].filter((line) => pattern.test(line));
}

export function triage(cause: Cause, sentence: string, lines: readonly string[]): Triage {
  return { cause, says: sentence, because: [...new Set(lines)].slice(0, MAX_REASONS) };
}
