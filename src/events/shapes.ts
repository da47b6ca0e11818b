import type { LeftRung } from '../rollback/document.ts';
import type { Rung } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import type { Verdict } from '../rollback/verdict.ts';
import type { Detail } from './details.ts';

/** Returns the rungs that were left, by name. */
export function leftOf(
  rungs: readonly Rung[],
  left: readonly LeftRung[],
): { readonly name: string; readonly reason: string }[] {
  return left.map(({ rung, reason }) => ({ name: rungs[rung]?.name ?? String(rung), reason }));
}

/** Returns the published fields of a rung. The other fields belong to the mechanism. */
export function toRung({ name, does, withinSeconds }: Rung): Rung {
  return { name, does, withinSeconds };
}

/** Converts an instant to UTC. Triggers carry instants as their event wrote them. */
export function utc(instant: Instant): Instant {
  return after(instant, 0);
}

/** Returns the published fields of a verdict. */
export function toJudged(verdict: Verdict): Detail<'Rollback Planned'>['verdict'] {
  const { verdict: word, at, reasons, against = [], looks, again } = verdict;
  return {
    verdict: word,
    at,
    reasons: [...reasons],
    ...(against.length > 0 && { against: [...against] }),
    ...weighed(verdict),
    ...(looks !== undefined && { looks }),
    ...(word === 'look-again' && { lookAgainAt: after(at, verdict.lookAgainInSeconds) }),
    ...(again !== undefined && { again }),
  };
}

/** Returns the confidence, if the verdict was weighed. */
export function weighed(verdict: Verdict): { confidence?: number } {
  return 'confidence' in verdict ? { confidence: verdict.confidence } : {};
}
