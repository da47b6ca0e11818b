import { provenIn } from '../../../src/ledger/among.ts';
import { knownOf } from '../../../src/rollback/course.ts';
import { broughtBack, broughtNothing, neverRan } from '../../../src/rollback/needless.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { isAutomatic, type Request } from '../../../src/rollback/request.ts';
import type { Survey } from './survey.ts';

/** Returns why there is nothing to go back from, or null. An operator's own request always counts. */
export function needless(request: Request, seen: Survey, running: Deployment | null): string | null {
  const { recent, course, entries } = seen;
  if (request.revision !== undefined) return alreadyThere(request.revision, seen, running);
  const back = broughtBack(course, candidatesOf(seen));
  if (back !== null) return back;
  if (!isAutomatic(request)) return null;
  const proven = provenIn(entries).map(({ revision: { id, content } }) => ({ id, content }));
  return neverRan(course) ?? broughtNothing(course, recent, proven, candidatesOf(seen));
}

function alreadyThere(revision: string, { recent }: Survey, running: Deployment | null): string | null {
  const [newest] = recent;
  const isNamed = (one: Deployment | null | undefined) =>
    one != null && (one.revision.id === revision || one.revision.name === revision);
  if (newest?.state === 'in-flight' && isNamed(newest))
    return `${newest.revision.name} is already being rolled out`;
  const isAlone = newest?.state === 'completed' || (newest?.state === 'failed' && newest.remains !== true);
  return isAlone && isNamed(running) ? `${running?.revision.name ?? revision} already runs` : null;
}

/** Returns what ran before the suspect and would be good. */
function candidatesOf({ course: { suspect }, recent, entries }: Survey) {
  if (suspect === null) return [];
  const older = recent.slice(recent.indexOf(suspect) + 1).filter(({ state }) => state === 'completed');
  const proven = provenIn(entries).map(({ revision: { id, name, content } }) => ({ id, name, content }));
  return [...proven, ...older.map((one) => ({ ...knownOf(one), name: one.revision.name }))].filter(
    ({ id, content }) => id !== suspect.revision.id && (content === undefined || content !== suspect.content),
  );
}
