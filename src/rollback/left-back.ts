import type { Rollback, Slices } from './document.ts';
import type { OutcomeState } from './outcome.ts';
import { rehearsalOf } from './request.ts';

/**
 * Says whether the way forward of a rehearsal wrote nothing and left the target on what the way back had put there. Its
 * owners deployed something else, so that a person must look. Where another deployment took over, nothing is left.
 */
export function isLeftBack(state: OutcomeState, rollback: Partial<Rollback>): boolean {
  const { request, plan, verdict, claim, error } = rollback;
  if (rehearsalOf(request)?.way !== 'forward') return false;
  const isRefused = error?.Error === 'TargetClaimed' || claim === undefined;
  const isOver = plan?.state === 'nothing-to-do' || verdict?.isOver === true;
  return (state === 'failed-clean' || state === 'skipped') && !isRefused && !isOver;
}

/** Returns the sentence that names what the target stays on. Empty: the target is gone, or that is unknown. */
export function saysWhereLeft(rollback: Slices): string {
  const name = staysOn(rollback);
  if (rollback.error?.Error === 'UnsupportedTarget') return '';
  return name === null
    ? 'The target stays where the way back left it: '
    : `The target stays on ${name}, where the way back left it: `;
}

/** Returns the name of what runs, or null. */
export function staysOn({ plan }: Slices): string | null {
  if (plan === undefined) return null;
  return 'from' in plan ? plan.from.name : (plan.runs?.name ?? plan.deployment?.revision.name ?? null);
}
