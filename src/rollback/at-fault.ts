import type { Rollback } from './document.ts';
import type { OutcomeState } from './outcome.ts';
import type { Revision } from './plan.ts';
import { isAutomatic } from './request.ts';

/**
 * The revision to condemn, or null. One that we went back from is condemned, whoever asked; so is one that an alarm, an
 * alert or AWS itself accused and that we were to go back from, even where going back failed: that says nothing for it.
 * Where the plan suspects another revision than the one that runs, that one is condemned and nothing else. After a skip
 * it is the culprit that the verdict names, if it names one.
 *
 * A question condemns nothing: where it could not be asked, the failure is ours; and after its answer the plan is made
 * again, so that until that one is judged the verdict is about another plan, whose revision may be the fix.
 */
export function revisionAtFault(
  { plan, verdict, request }: Partial<Rollback>,
  outcome: OutcomeState,
): Revision | null {
  if (outcome === 'skipped') return verdict?.culprit?.revision ?? null;
  if (plan === undefined || !('from' in plan) || plan.from.id === plan.to.id) return null;
  const accuser = verdict?.decidedBy ?? request;
  const isAccused = verdict?.verdict === 'act' && accuser !== undefined && isAutomatic(accuser);
  if (outcome !== 'rolled-back' && !isAccused) return null;
  const revision = plan.suspect ?? plan.from;
  return revision.id === plan.to.id ? null : revision;
}

/** Returns why the revision is condemned: the accusation and its judgement, or the evidence that the verdict names. */
export function evidenceAgainst({ verdict, request }: Rollback, outcome: OutcomeState): readonly string[] {
  if (outcome === 'skipped') return verdict?.culprit === undefined ? [] : [verdict.culprit.evidence];
  return [(verdict?.decidedBy ?? request).reason, ...(verdict?.reasons ?? [])];
}
