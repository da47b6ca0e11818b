import type { Plannable } from '../../../src/rollback/document.ts';
import { broughtBack, broughtNothing, neverRan } from '../../../src/rollback/needless.ts';
import { isAutomatic } from '../../../src/rollback/request.ts';
import { lastProvenIn } from './candidates.ts';
import { knownAs } from './content.ts';
import { namedRevision } from './revision.ts';
import type { Survey } from './survey.ts';

/** Returns why there is nothing to go back from, or null. An operator's own request always counts. */
export function nothingToDo(seen: Survey, { request }: Plannable): string | null {
  if (request.revision !== undefined) return runsAlready(request.revision, seen);
  const { course, recent, candidates, versions, entries } = seen;
  const fit = candidates.map(({ revision: id }) => ({
    ...knownAs(id, versions),
    name: namedRevision(id, versions).name,
  }));
  const proven = lastProvenIn(entries).map((id) => knownAs(id, versions));
  const reason = alreadyBack(seen) ?? broughtBack(course, fit);
  if (reason !== null || !isAutomatic(request)) return reason;
  return neverRan(course) ?? broughtNothing(course, recent, proven, fit);
}

function runsAlready(revision: string, { standing, versions }: Survey): string | null {
  if (revision !== standing.from || standing.state === 'rolling-back') return null;
  const { name } = namedRevision(revision, versions);
  return `${name} ${standing.state === 'rolling-out' ? 'is already being rolled out' : 'already runs'}`;
}

function alreadyBack({ standing: { state, from }, condemned, versions }: Survey): string | null {
  if (state !== 'went-back' || condemned.has(from)) return null;
  return `Auto Scaling already rolled the newest instance refresh back to ${namedRevision(from, versions).name}`;
}
