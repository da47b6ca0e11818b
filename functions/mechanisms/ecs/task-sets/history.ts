import { isFit } from '../../../../src/rollback/course.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Ready, Revision } from '../../../../src/rollback/plan.ts';
import { blameOf, needless, type Blame, type Recent } from '../blame.ts';
import type { Contents } from '../content.ts';
import type { Ecs } from '../ecs.ts';
import { contentsOfDefinitions, isTaskDefinition, toRevision } from './revisions.ts';

type Reads = Pick<Ecs, 'taskDefinition'>;

/** What a service deployed lately, by content, and who is to blame. */
export interface History {
  /** ARN of the task definition that runs now, or is being rolled out. */
  readonly runs: string;
  readonly recent: Recent;
  readonly blame: Blame;
  /** By the ARNs of task definitions. */
  readonly contents: Contents;
  /** The revision by the id under which its content was condemned; by its own where it was not. */
  readonly named: (revision: Revision) => Revision;
  /** Whether a task definition may be gone back to, where it does not run already. */
  readonly isFit: (taskDefinition: string) => boolean;
}

/** What the ledger says, and what runs. */
export interface Told {
  readonly runs: string;
  readonly condemned: ReadonlySet<string>;
  /** Newest first. */
  readonly proven: readonly string[];
}

/** How many definitions of the ledger are read, newest first, of those condemned and of those proven. */
const MAX_READ = 6;

/**
 * @param definitions ARNs of what was deployed lately
 * @param recentOf the last deployments, once it is known what they deployed
 */
export async function historyOf(
  { runs, condemned, proven }: Told,
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

/** The condemned task definition with the same content; the same one where there is none. */
export function twinOf(id: string, condemned: Iterable<string>, contents: Contents): string {
  const content = contents.get(id);
  const twin = [...condemned].find((one) => content !== undefined && contents.get(one) === content);
  return twin ?? id;
}

/** Why there is nothing to go back from, or null. */
export function settledAlready(
  { blame, contents, recent }: History,
  fit: readonly string[],
  proven: readonly string[],
  rollback: Plannable,
): string | null {
  const known = (id: string) => ({ ...toRevision(id), content: contents.get(id) });
  return needless(blame, recent, { proven: proven.map(known), fit: fit.map(known) }, rollback);
}

/** Tags and secrets of the revision at fault, where it is known by a task definition. */
export async function readBy(
  { blame, runs }: History,
  ecs: Reads,
): Promise<Pick<Ready, 'fromTags' | 'reads'>> {
  const atFault = blame.replacedBy === null ? runs : blame.suspect.revision.id;
  if (!isTaskDefinition(atFault)) return { fromTags: {}, reads: [] };
  const { tags: fromTags, reads } = await ecs.taskDefinition(atFault);
  return { fromTags, reads };
}
