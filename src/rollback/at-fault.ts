import type { Rollback } from './document.ts';
import type { OutcomeState } from './outcome.ts';
import type { Revision } from './plan.ts';
import { isAutomatic } from './request.ts';

/**
 * The revision to condemn, or null. One that we went back from is condemned, whoever asked; so is one that an alarm, an
 * alert or AWS itself accused and that we may go back from, even where going back failed: that says nothing for it.
 */
export function revisionAtFault(
  { plan, verdict, request }: Rollback,
  outcome: OutcomeState,
): Revision | null {
  if (plan === undefined || !('from' in plan) || plan.from.id === plan.to.id) return null;
  if (outcome === 'rolled-back') return plan.from;
  const tried = verdict?.verdict === 'act' || verdict?.verdict === 'ask';
  return isAutomatic(request) && tried && outcome !== 'skipped' ? plan.from : null;
}
