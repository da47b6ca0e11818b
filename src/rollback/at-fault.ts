import type { Rollback, Slices } from './document.ts';
import { hasNotHelped } from './health.ts';
import type { Onset } from './onset.ts';
import type { OutcomeState } from './outcome.ts';
import type { Plan, Revision } from './plan.ts';
import { isAutomatic, rehearsalOf, type Request } from './request.ts';
import { isAfter } from './time.ts';

/**
 * Returns the revision to condemn, or null.
 * - After a rollback it is the revision that Lastgood went back from, even if an operator asked for it.
 * - After a failure it is that revision too, if an alarm, an alert or AWS accused it. A failed way back does not clear
 *   it. Harm that stayed as it was once the way back had settled does: nothing shows then that the revision did it.
 * - A cancel by a person or a tool is no verdict, so it alone condemns nothing.
 * - Where the plan suspects another revision than the running one, only the suspect is condemned. Neither is, where both
 *   began within the datapoint of the onset: either may have begun the harm.
 * - After a skip it is the culprit that the verdict names, if any.
 *
 * A rehearsal condemns nothing, and no person condemns what its way back put there: that was proven before. Neither does
 * a question: if it could not be asked, Lastgood failed. After its answer the plan is made again, and its revision may be
 * the fix. So the verdict is about another plan until the new one is judged.
 */
export function revisionAtFault(
  { plan, verdict, request, health }: Partial<Rollback>,
  outcome: OutcomeState,
): Revision | null {
  if (rehearsalOf(request) !== null) return null;
  if (outcome === 'skipped') return verdict?.culprit?.revision ?? null;
  if (plan === undefined || !('from' in plan) || plan.from.id === plan.to.id || plan.isUnknown) return null;
  const accuser = verdict?.decidedBy ?? request;
  const isAccused = verdict?.verdict === 'act' && accuser !== undefined && isAutomatic(accuser);
  if (outcome !== 'rolled-back' && (!isAccused || hasNotHelped(health))) return null;
  if (verdict?.afterRehearsal === true && !isAccused) return null;
  const revision = plan.suspect ?? plan.from;
  if (isEither(revision, plan.from, plan, verdict?.since)) return null;
  return revision.id === plan.to.id || isOnlyCancelled(revision, plan, accuser) ? null : revision;
}

/** Returns the name of the revision that the plan suspects, condemned or not. */
export function nameAtFault({ plan }: Slices): string {
  return plan !== undefined && 'from' in plan ? (plan.suspect ?? plan.from).name : 'the revision at fault';
}

/** Says whether two revisions were both deployed within the datapoint of the onset. */
function isEither(one: Revision, other: Revision, { recent = [] }: Plan, since?: Onset): boolean {
  if (one.id === other.id || since === undefined) return false;
  return [one, other].every(({ id }) => {
    const startedAt = recent.find(({ revision }) => revision.id === id)?.startedAt;
    return startedAt !== undefined && !isAfter(since.at, startedAt) && isAfter(since.until, startedAt);
  });
}

/**
 * Says whether nothing but its cancelled deployment speaks against a revision. A plan that joins the way back after a
 * cancel is not judged either.
 */
function isOnlyCancelled({ id }: Revision, { state, recent = [] }: Plan, accuser?: Request): boolean {
  const isCancelled = recent.some((one) => one.revision.id === id && one.isCancelled === true);
  return isCancelled && (state === 'join' || accuser?.trigger?.type === 'deployment');
}

/** Returns what a revision deploys, if the plan knows: its content may come back under another id. */
export function contentOf({ id }: Revision, plan: Plan | undefined): string | undefined {
  return plan?.recent?.find(({ revision }) => revision.id === id)?.content;
}

/** Returns why the revision is condemned: the accusation and what the judge holds against the revision, or the evidence that the verdict names. */
export function evidenceAgainst({ verdict, request }: Rollback, outcome: OutcomeState): readonly string[] {
  if (outcome === 'skipped') return verdict?.culprit === undefined ? [] : [verdict.culprit.evidence];
  const { reasons = [], against = [] } = verdict ?? {};
  return [(verdict?.decidedBy ?? request).reason, ...reasons.filter((one) => !against.includes(one))];
}
