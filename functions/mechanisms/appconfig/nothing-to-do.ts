import { provenIds } from '../../../src/ledger/among.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { broughtBack, broughtNothing, neverRan } from '../../../src/rollback/needless.ts';
import { isAutomatic } from '../../../src/rollback/request.ts';
import type { Candidate } from './choice.ts';
import { revisionIn } from './revision.ts';
import { isComplete, isInFlight } from './states.ts';
import type { Survey } from './survey.ts';

/** Returns why there is nothing to go back from, or null. An operator's own request always counts. */
export function nothingToDo(
  { own, course, recent, entries }: Survey,
  { request }: Plannable,
  candidates: readonly Candidate[],
): string | null {
  if (request.revision !== undefined) {
    const stands = own.find((one) => isInFlight(one) || isComplete(one));
    if (stands?.version !== request.revision) return null;
    const { name } = revisionIn(stands);
    return isComplete(stands) ? `${name} already runs` : `${name} is already being rolled out`;
  }
  const known = ({ revision: { id, name } }: Candidate) => ({ id, content: id, name });
  const fit = candidates.map(known);
  const proven = provenIds(entries).map((id) => ({ id, content: id }));
  const back = broughtBack(course, fit);
  if (back !== null || !isAutomatic(request)) return back;
  return neverRan(course) ?? broughtNothing(course, recent, proven, fit);
}
