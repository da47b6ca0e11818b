import type { NoWayBack } from './plan.ts';

/** Returns what a plan says where there is no way back. */
export function noWayBack(reason: string): Pick<NoWayBack, 'state' | 'reason'> {
  return { state: 'no-way-back', reason };
}

/**
 * Returns why nothing can be put back.
 * @param kinds what would be put back: `there is no last known good version`
 * @param notes what was passed over, and why
 * @param none why nothing was even looked at
 */
export function noneFit(kinds: string, notes: readonly string[], none: string): string {
  return notes.length === 0 ? `${kinds}: ${none}` : `${kinds} that could be put back: ${notes.join('; ')}`;
}
