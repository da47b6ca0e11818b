import type { Verdict } from './verdict.ts';

/** From the mildest to the strictest. */
const STRICTNESS = ['act', 'look-again', 'ask', 'observe', 'skip'] as const;

/**
 * Returns the mildest of several verdicts. Of two questions it is the one that silence answers; of equals it is the
 * first.
 */
export function mildest<T extends { readonly verdict: Verdict }>(judged: readonly [T, ...T[]]): T {
  return judged.reduce((found, next) => (rankOf(next.verdict) < rankOf(found.verdict) ? next : found));
}

function rankOf(verdict: Verdict): number {
  const isStay = verdict.verdict === 'ask' && verdict.onSilence === 'stay';
  return STRICTNESS.indexOf(verdict.verdict) + (isStay ? 0.5 : 0);
}
