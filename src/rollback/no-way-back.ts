import type { NoWayBack } from './plan.ts';

/** Returns the part of a plan that says that there is no way back. */
export function noWayBack(reason: string): Pick<NoWayBack, 'state' | 'reason'> {
  return { state: 'no-way-back', reason };
}

/**
 * Returns why nothing can be put back.
 * @param kinds what is missing: `there is no last known good version`
 * @param notes why each candidate was passed over
 * @param none why there was no candidate
 */
export function noneFit(kinds: string, notes: readonly string[], none: string): string {
  return notes.length === 0 ? `${kinds}: ${none}` : `${kinds} that could be put back: ${notes.join('; ')}`;
}
