import { createHash } from 'node:crypto';
import { fit } from './fit.ts';
import { decide, type Decision } from './decide.ts';
import type { Incident } from './incident.ts';

export const FOLDS = 5;

/** Judges each incident by weights that were fitted without it: five folds, by the incident's id. */
export function decideHeldOut(incidents: readonly Incident[]): Decision[] {
  return [...Array(FOLDS).keys()].flatMap((fold) => {
    const weights = fit(incidents.filter(({ id }) => foldOf(id) !== fold));
    return incidents.filter(({ id }) => foldOf(id) === fold).map((incident) => decide(incident, weights));
  });
}

/** Returns the fold of an incident. It depends on the id alone, so that it stays when other incidents are added. */
export function foldOf(id: string): number {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % FOLDS;
}
