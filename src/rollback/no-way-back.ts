import { PASSED_OVER } from './first-way.ts';
import type { NoWayBack, Revision } from './plan.ts';
import type { Request } from './request.ts';

/** Returns the part of a plan that says that there is no way back. */
export function noWayBack(reason: string): Pick<NoWayBack, 'state' | 'reason'> {
  return { state: 'no-way-back', reason };
}

/** Returns the same for a suspect that a newer revision has replaced: the judge first watches whether the harm ends. */
export function noWayPast(
  suspect: Revision,
  reason: string,
): Pick<NoWayBack, 'state' | 'reason' | 'suspect'> {
  return { ...noWayBack(reason), suspect };
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

/**
 * Returns why the revision that a request names cannot be put back. Null: it names none, so the last known good is meant.
 * @param notes why each candidate was passed over
 */
export function cannotPutBack({ revision }: Request, notes: readonly string[]): string | null {
  if (revision === undefined) return null;
  const why = notes.map((note) => note.replace(PASSED_OVER, '')).join('; ');
  return `the revision that was asked for cannot be put back${why === '' ? '' : `: ${why}`}`;
}
