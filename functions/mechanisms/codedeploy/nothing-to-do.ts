import { isInFlight } from '../../../src/aws/code-deploy/own-rollback.ts';
import { provenIds } from '../../../src/ledger/among.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { broughtBack, broughtNothing, neverRan } from '../../../src/rollback/needless.ts';
import { isAutomatic } from '../../../src/rollback/request.ts';
import type { Candidate } from './candidates.ts';
import { knownAs } from './content.ts';
import type { Release } from './releases.ts';
import type { Rollout, Survey } from './survey.ts';

/** Returns why there is nothing to go back from, or null. An operator's own request always counts. */
export function nothingToDo(
  { condemned, entries }: Survey,
  { standing, course, recent }: Rollout,
  { request }: Plannable,
  candidates: readonly Candidate[],
): string | null {
  const { state, atFault } = standing;
  const { id, name } = atFault.of;
  if (request.revision !== undefined)
    return candidates[0]?.revision.id === id && state !== 'rolling-back'
      ? `${name} ${roleOf(atFault)}`
      : null;
  if (state === 'went-back' && !condemned.has(id))
    return `CodeDeploy already rolled the newest deployment back to ${name}`;
  const fit = candidates.map(({ revision }) => ({ ...knownAs(revision.id), name: revision.name }));
  const proven = provenIds(entries).map(knownAs);
  const back = broughtBack(course, fit);
  if (back !== null || !isAutomatic(request)) return back;
  return neverRan(course) ?? broughtNothing(course, recent, proven, fit);
}

/** Returns what a deployment has done with its revision, which runs only if it reached every instance. */
function roleOf(deployment: Release): string {
  const { id, status, missed } = deployment;
  if (isInFlight(deployment)) return 'is already being rolled out';
  if (status === 'Succeeded' && missed === 0) return 'already runs';
  const ended = status === 'Succeeded' ? `missed ${missed} of its instances` : `is ${status}`;
  return `is the revision of deployment ${id}, which ${ended}`;
}
