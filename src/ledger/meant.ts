import { InvalidRequest } from '../rollback/errors.ts';
import { readSpelling } from './spelling.ts';
import type { Entry, KeptRevision } from './ledger.ts';

/**
 * Returns the id of the revision that a request means. The ledger knows the names that Lastgood shows. A text that it
 * does not know is left to the mechanism.
 * @throws InvalidRequest if the text may mean several revisions
 */
export function revisionMeant(target: string, text: string, entries: readonly Entry[]): string {
  const kept = entries.flatMap((entry) => ('revision' in entry ? [entry.revision] : []));
  if (kept.some(({ id }) => id === text)) return text;
  const spelling = readSpelling(target, text);
  if (spelling.state === 'unclear') return text;
  const mayBe = spelling.isWhole === true ? () => false : spelling.mayBe;
  const found = kept.filter((revision) => spelling.is(revision) || mayBe(revision));
  const [newest, ...others] = distinct(found);
  if (newest === undefined) return text;
  if (others.every((other) => hasSameContent(newest, other))) return newest.id;
  const ids = [newest, ...others].map(({ id }) => id).join(' or ');
  throw new InvalidRequest('request.revision', `${JSON.stringify(text)} may mean ${ids}: name one of them`);
}

function distinct(revisions: readonly KeptRevision[]): readonly KeptRevision[] {
  return revisions.filter(({ id }, place) => revisions.findIndex((other) => other.id === id) === place);
}

/** What has the same content is the same release, deployed again. */
function hasSameContent({ content }: KeptRevision, other: KeptRevision): boolean {
  return content !== undefined && content === other.content;
}
