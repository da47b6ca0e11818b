import { isSame, isThere, knownOf, type Course, type Known } from './course.ts';
import { endedAs } from './ended-as.ts';
import type { Deployment, Revision } from './plan.ts';
import { isRestart } from './suspect.ts';

/** A candidate. */
export type Fit = Known & Pick<Revision, 'name'>;

/** Says that a candidate has replaced the suspect already. Null: none has. */
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

/** Says that the suspect failed, or was stopped, before it took traffic. Null: it did not. */
export function neverRan({ suspect, current }: Course): string | null {
  if (suspect === null || current === null || isThere(suspect)) return null;
  return `the deployment of ${suspect.revision.name} ${endedAs(suspect)}, and only ${current.revision.name} runs`;
}

/**
 * Says that the suspect only deployed again the revision that already ran, if that revision is proven or the only one
 * known. Null: it brought something new.
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
  return `${name} was only deployed again over itself, so there is nothing to go back from`;
}

/** Returns a note for a way back from the revision that replaced the suspect. */
export function supersededNote({ suspect, current, isSuperseded }: Course): readonly string[] {
  if (!isSuperseded || suspect === null || current === null) return [];
  const { name } = suspect.revision;
  return [
    `${name} ran when the harm began; ${current.revision.name} was deployed since then and may be the fix`,
  ];
}
