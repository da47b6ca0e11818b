import { isSame } from './course.ts';
import type { Deployment, Plan } from './plan.ts';

/** The most releases that a sentence names. */
const MAX_NAMED = 3;

/**
 * Says which releases between the one to go back to and the one at fault the way back takes out of service as well,
 * whether they are good or not. Null: there is none, or the plan does not know them.
 */
export function alsoTakenBack(plan: Plan | undefined): string | null {
  if (plan === undefined || !('to' in plan)) return null;
  const { recent = [], from, suspect = from, to } = plan;
  const at = recent.findIndex(({ revision }) => revision.id === to.id);
  const kept = [from, suspect, to].map(({ id }) => recent.find(({ revision }) => revision.id === id));
  const between = recent
    .slice(0, Math.max(0, at))
    .filter(
      (one) => isRelease(one) && !kept.some((other) => other !== undefined && isSameRevision(one, other)),
    );
  const names = [...new Set(between.map(({ revision }) => revision.name))];
  return names.length === 0
    ? null
    : `${listed(names)} came in between, and the way back takes ${names.length === 1 ? 'it' : 'them'} out of service too`;
}

function isRelease({ state, isRollback }: Deployment): boolean {
  return state === 'completed' && !isRollback;
}

function isSameRevision(one: Deployment, other: Deployment): boolean {
  return isSame({ ...one.revision, content: one.content }, { ...other.revision, content: other.content });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED);
  const others = names.length - shown.length;
  return others === 0
    ? shown.join(shown.length === 2 ? ' and ' : ', ')
    : `${shown.join(', ')} and ${others} more`;
}
