import { isFit } from '../../../../src/rollback/course.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Ready, Revision } from '../../../../src/rollback/plan.ts';
import { blameOf, needless, type Blame, type Recent } from '../blame.ts';
import type { Contents } from '../content.ts';
import type { Ecs } from '../ecs.ts';
import { contentsOfDefinitions, isTaskDefinition, toRevision } from './revisions.ts';

type Reads = Pick<Ecs, 'taskDefinition'>;

/** What a service deployed recently, by content, and the suspect. */
export interface History {
  /** ARN of the task definition that runs now, or is being rolled out. */
  readonly runs: string;
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
  readonly condemned: ReadonlySet<string>;
  /** Newest first. */
  readonly proven: readonly string[];
}

/** Limits the definitions of the ledger that are read, newest first, of the condemned and of the proven ones. */
const MAX_READ = 6;

/**
 * Reads the history.
 * @param definitions ARNs of the recently deployed task definitions
 * @param recentOf returns the last deployments, when their content is known
 */
export async function historyOf(
  { runs, condemned, proven }: Facts,
  definitions: readonly string[],
  recentOf: (contents: Contents) => Recent,
  rollback: Plannable,
  ecs: Reads,
): Promise<History> {
  const ofLedger = [[...condemned], proven].flatMap((ids) => ids.slice(0, MAX_READ));
  const contents = await contentsOfDefinitions([runs, ...ofLedger, ...definitions], ecs);
  const recent = recentOf(contents);
  const blame = blameOf(recent, rollback);
  const condemnedAs = (id: string) => twinOf(id, condemned, contents);
  return {
    runs,
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

/** Returns tags and secrets of the revision at fault, if its task definition is known. */
export async function readBy(
  { blame, runs }: History,
  ecs: Reads,
): Promise<Pick<Ready, 'fromTags' | 'reads'>> {
  const atFault = blame.replacedBy === null ? runs : blame.suspect.revision.id;
  if (!isTaskDefinition(atFault)) return { fromTags: {}, reads: [] };
  const { tags: fromTags, reads } = await ecs.taskDefinition(atFault);
  return { fromTags, reads };
}
