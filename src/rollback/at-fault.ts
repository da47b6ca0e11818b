import type { Rollback } from './document.ts';
import type { OutcomeState } from './outcome.ts';
import type { Revision } from './plan.ts';
import { isAutomatic } from './request.ts';

/**
 * The revision to condemn, or null. One that we went back from is condemned, whoever asked; so is one that an alarm, an
 * alert or AWS itself accused and that we were to go back from, even where going back failed: that says nothing for it.
 *
 * A question condemns nothing: where it could not be asked, the failure is ours; and after its answer the plan is made
 * again, so that until that one is judged the verdict is about another plan, whose revision may be the fix.
 */
export function revisionAtFault(
  { plan, verdict, request }: Rollback,
  outcome: OutcomeState,
): Revision | null {
  if (plan === undefined || !('from' in plan) || plan.from.id === plan.to.id) return null;
  if (outcome === 'rolled-back') return plan.from;
  return isAutomatic(request) && verdict?.verdict === 'act' && outcome !== 'skipped' ? plan.from : null;
}
