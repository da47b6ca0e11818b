import { isSame, isThere, knownOf, type Course, type Known } from './course.ts';
import type { Deployment, Revision } from './plan.ts';
import { isRestart } from './suspect.ts';

/** A revision that could be gone back to. */
export type Fit = Known & Pick<Revision, 'name'>;

/** Returns that a good revision has replaced the suspect already. Null: it has not. */
export function broughtBack({ suspect, current, isSuperseded }: Course, fit: readonly Fit[]): string | null {
  if (!isSuperseded || suspect === null || current === null) return null;
  const same = fit.find((one) => isSame(one, knownOf(current)));
  if (same === undefined) return null;
  const { id, name } = current.revision;
  const as = same.id === id || same.name === name ? '' : `, which is ${same.name} under another name,`;
  const how =
    current.state === 'completed'
      ? 'is back already: it replaced'
      : 'is being brought back already: it replaces';
  return `${name}${as} ${how} ${suspect.revision.name}`;
}

/** Returns that the suspect failed before it took traffic. Null: it did not. */
export function neverRan({ suspect, current }: Course): string | null {
  if (suspect === null || current === null || isThere(suspect)) return null;
  return `nothing runs of ${suspect.revision.name}, whose deployment failed: ${current.revision.name} runs`;
}

/**
 * Returns that the suspect deployed again what ran already, if that was proven or nothing else is known. Null: it brought
 * something new.
 */
export function broughtNothing(
  { suspect }: Course,
  recent: readonly Deployment[],
  proven: readonly Known[],
  fit: readonly Fit[],
): string | null {
  if (suspect === null || suspect.isRollback) return null;
  const before = recent.slice(recent.indexOf(suspect) + 1).filter(isThere);
  if (!isRestart(suspect, before)) return null;
  const isProven = proven.some((one) => isSame(one, knownOf(suspect)));
  if (!isProven && fit.length > 0) return null;
  const { name } = suspect.revision;
  return `${name} was only deployed again over itself: that brought nothing that could be gone back from`;
}

/** Returns a note for a way back from the revision that replaced the suspect. */
export function supersededNote({ suspect, current, isSuperseded }: Course): readonly string[] {
  if (!isSuperseded || suspect === null || current === null) return [];
  const { name } = suspect.revision;
  return [
    `${name} ran when the harm began; ${current.revision.name} was deployed since then and may be the fix`,
  ];
}
