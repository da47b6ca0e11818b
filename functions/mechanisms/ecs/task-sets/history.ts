import { condemnedIds, condemnedIn, provenIds, provenIn } from '../../../../src/ledger/among.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import { isFit } from '../../../../src/rollback/course.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Ready, Revision } from '../../../../src/rollback/plan.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import { blameOf, needless, type Blame, type Recent } from '../blame.ts';
import { keptContents, mayBeSame, type Contents } from '../content.ts';
import type { Definitions } from '../definitions.ts';
import { barrierNotRead, mayEqual } from '../doubts.ts';
import { nameOf, type ServiceRevision } from '../ecs.ts';
import { contentsOfDefinitions, isTaskDefinition, toRevision } from './revisions.ts';

type Read = Pick<Definitions, 'get'>;

/** What a service deployed recently, by content, and the suspect. */
export interface History {
  /** ARN of the task definition that runs now, or is being rolled out. */
  readonly runs: string;
  /** ARN of the task definition at fault, or the id of a deployment whose task definition is unknown. */
  readonly atFault: string;
  readonly recent: Recent;
  readonly blame: Blame;
  /** By the ARNs of task definitions. */
  readonly contents: Contents;
  /** Returns a revision under the id by which its content was condemned, or under its own. */
  readonly named: (revision: Revision) => Revision;
  /** Returns whether a task definition is a possible candidate, unless it runs already. */
  readonly isFit: (taskDefinition: string) => boolean;
}

/** Facts from the ledger, and the running revision. */
export interface Facts {
  readonly runs: string;
  readonly entries: readonly Entry[];
}

/**
 * Returns the history, as far as task definitions were read.
 * @param definitions ARNs of the recently deployed task definitions
 * @param recentOf returns the last deployments, when their content is known
 */
export function historyOf(
  { runs, entries }: Facts,
  definitions: readonly string[],
  recentOf: (contents: Contents) => Recent,
  rollback: Plannable,
  read: Read,
): History {
  const condemned = condemnedIds(entries);
  const all = [runs, ...condemned, ...provenIds(entries), ...definitions];
  const contents = contentsOfDefinitions(all, read, keptContents(entries));
  const recent = recentOf(contents);
  const blame = blameOf(recent, rollback);
  const condemnedAs = (id: string) => twinOf(id, condemned, contents);
  return {
    runs,
    atFault: blame.replacedBy === null ? runs : blame.suspect.revision.id,
    recent,
    blame,
    contents,
    named: (revision) => ({ ...revision, id: condemnedAs(revision.id) }),
    isFit: (id) =>
      !condemned.has(condemnedAs(id)) && isFit({ id, content: contents.get(id) }, blame, recent, []),
  };
}

/** Returns the condemned task definition with the same content, or else the same one. */
export function twinOf(id: string, condemned: Iterable<string>, contents: Contents): string {
  const content = contents.get(id);
  const twin = [...condemned].find((one) => content !== undefined && contents.get(one) === content);
  return twin ?? id;
}

/** Returns why there is nothing to go back from, or null. */
export function settledAlready(
  { blame, contents, recent }: History,
  fit: readonly string[],
  proven: readonly string[],
  rollback: Plannable,
): string | null {
  const known = (id: string) => ({ ...toRevision(id), content: contents.get(id) });
  return needless(blame, recent, { proven: proven.map(known), fit: fit.map(known) }, rollback);
}

/**
 * Lists the task definitions in question, most important first, because a plan reads only a few (`MAX_DEFINITIONS`):
 * - what replaced the one at fault and what that may equal: a way back and a fix stay, and the same again does not
 * - the one at fault, whose tags may contain a barrier
 * - the requested one or the first candidate, which may be INACTIVE
 * - condemned ones that the ledger keeps no content of
 */
export function definitionsToRead(
  { atFault, blame, contents, runs }: History,
  candidates: readonly string[],
  requested: string | undefined,
  entries: readonly Entry[],
): readonly string[] {
  const first = requested ?? candidates.find((id) => id !== runs);
  const isOpen = (id: string, other: string) =>
    contents.get(id) !== contents.get(other) && mayBeSame(contents.get(id), contents.get(other));
  const replacing = requested === undefined ? blame.replacedBy?.revision.id : undefined;
  return [
    ...(replacing !== undefined && first !== undefined && isOpen(replacing, first) ? [replacing, first] : []),
    ...(replacing !== undefined && isOpen(replacing, atFault) ? [replacing] : []),
    atFault,
    ...(first === undefined ? [] : [first]),
    ...[...condemnedIds(entries)].filter((id) => isOpen(id, atFault)),
  ].filter(isTaskDefinition);
}

/** Returns tags and secrets of the revision at fault, if its task definition is known. */
export function readBy({ atFault }: History, read: Read): Pick<Ready, 'fromTags' | 'reads'> {
  const { tags: fromTags = {}, reads = [] } = read.get(atFault) ?? {};
  return { fromTags, reads };
}

/**
 * Returns why a person must decide: something that was not read may speak against the way back. The revision may equal
 * the one at fault or a condemned one. The sweep has compared a revision that was proven since.
 */
export function doubtOf(
  { to: { arn: to }, doubt }: { readonly to: Pick<ServiceRevision, 'arn'>; readonly doubt?: string },
  { atFault, contents }: History,
  entries: readonly Entry[],
  read: Read,
): { readonly doubt?: string } {
  if (doubt !== undefined) return { doubt };
  if (isTaskDefinition(atFault) && read.get(atFault) === undefined)
    return { doubt: barrierNotRead(nameOf(atFault)) };
  const proof = provenIn(entries).find(({ revision }) => revision.id === to);
  const isOpen = (id: string) => id !== to && mayBeSame(contents.get(to), contents.get(id));
  const condemned = condemnedIn(entries)
    .filter(({ condemnedAt }) => proof === undefined || isAfter(condemnedAt, proof.provenAt))
    .map(({ revision }) => revision.id);
  const twin = [atFault, ...condemned].find(isOpen);
  return twin === undefined ? {} : { doubt: mayEqual(nameOf(to), nameOf(twin)) };
}
