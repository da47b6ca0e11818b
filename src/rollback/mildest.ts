import type { Verdict } from './verdict.ts';

/** From the one that goes furthest to the one that does nothing. */
const WILLINGNESS = ['act', 'look-again', 'ask', 'observe', 'skip'] as const;

/** The most willing of several verdicts. Of two questions the one that silence answers; of equals the first. */
export function mildest<T extends { readonly verdict: Verdict }>(judged: readonly [T, ...T[]]): T {
  return judged.reduce((found, next) => (rankOf(next.verdict) < rankOf(found.verdict) ? next : found));
}

function rankOf(verdict: Verdict): number {
  const isStay = verdict.verdict === 'ask' && verdict.onSilence === 'stay';
  return WILLINGNESS.indexOf(verdict.verdict) + (isStay ? 0.5 : 0);
}
