import type { Readiness } from './document.ts';
import { SEVERITIES, type Finding, type Severity } from './finding.ts';

/** What a finding costs. One that blocks leaves less than half. */
const COSTS: Readonly<Record<Severity, number>> = { blocks: 60, unknown: 20, slows: 10, risks: 5 };

export function scoreOf(findings: readonly Finding[]): number {
  return Math.max(0, 100 - findings.reduce((sum, { severity }) => sum + COSTS[severity], 0));
}

export function readyWith(findings: readonly Finding[]): Readiness['ready'] {
  const has = (severity: Severity) => findings.some((one) => one.severity === severity);
  if (has('blocks')) return 'no';
  return has('unknown') ? 'unknown' : 'yes';
}

/** Sorts findings, worst first. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return findings.toSorted((one, other) => rank(one) - rank(other));
}

/** A smaller change of the score is no news. */
const NOTABLE_POINTS = 10;

const RANKS = { no: 0, unknown: 1, yes: 2 } as const;

/** Compares a check with the one before. What is unknown now is never better. */
export function trendOf(
  now: Pick<Readiness, 'ready' | 'score'>,
  before: Pick<Readiness, 'ready' | 'score'> | null,
): Readiness['trend'] {
  if (before === null) return 'first';
  const steps = RANKS[now.ready] - RANKS[before.ready];
  if (steps !== 0) return steps < 0 ? 'worse' : now.ready === 'unknown' ? 'same' : 'better';
  const points = now.score - before.score;
  if (Math.abs(points) < NOTABLE_POINTS) return 'same';
  return points < 0 ? 'worse' : 'better';
}
