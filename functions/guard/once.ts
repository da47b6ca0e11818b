import type { Judgeable } from '../../src/rollback/document.ts';
import type { Meter } from '../../src/rollback/plan.ts';

/** Asks for the first trigger of a judgement, and gives the others the same answer. */
export function once<T>(ask: (rollback: Judgeable) => T): (rollback: Judgeable) => T {
  let known: { readonly answer: T } | null = null;
  return (rollback) => (known ??= { answer: ask(rollback) }).answer;
}

/** Asks once for equal meters. */
export function onceForMeters<T>(ask: (meters: readonly Meter[]) => T): (meters: readonly Meter[]) => T {
  const known = new Map<string, T>();
  return (meters) => {
    const key = JSON.stringify(meters);
    const answer = known.get(key) ?? ask(meters);
    known.set(key, answer);
    return answer;
  };
}
