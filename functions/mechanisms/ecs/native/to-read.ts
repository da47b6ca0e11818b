import { condemnedIds } from '../../../../src/ledger/among.ts';
import { changesBetween, isEmpty } from '../configuration.ts';
import { isByName, mayBeSame } from '../content.ts';
import type { ServiceRevision } from '../ecs.ts';
import type { Rollout } from './rollout.ts';

/**
 * Lists the task definitions in question, most important first, because a plan reads only a few (`MAX_DEFINITIONS`):
 * - of what replaced the revision at fault and of what that may equal: a way back and a fix stay, and the same again does
 *   not
 * - of the revision at fault, whose tags may contain a barrier
 * - of a condemned revision whose content may run again
 * - of the first candidate, which may be INACTIVE
 */
export function definitionsToRead(rollout: Rollout): readonly string[] {
  const { blame, running, contents, recent, revisions, entries } = rollout;
  const suspect = blame.suspect.revision.id;
  const isOpen = (one: string, other: string) =>
    contents.get(one) !== contents.get(other) && mayBeSame(contents.get(one), contents.get(other));
  const first = firstChoice(rollout)?.arn;
  const condemned = [...condemnedIds(entries)].filter(
    (id) => isOpen(running.arn, id) && isByName(contents.get(id) ?? ''),
  );
  const before = recent.slice(1).map(({ revision }) => revision.id);
  return [
    ...replacing(blame, first, isOpen),
    blame.replacedBy === null ? running.arn : suspect,
    ...condemned.slice(0, 1),
    ...(first === undefined ? [] : [first]),
    ...before.filter((id) => isOpen(suspect, id)),
  ].flatMap((id) => revisions.get(id)?.configuration.taskDefinition ?? []);
}

/** Returns what replaced the suspect and may equal the candidate or the suspect, and then that candidate. */
function replacing(
  { suspect, replacedBy }: Rollout['blame'],
  first: string | undefined,
  isOpen: (one: string, other: string) => boolean,
): readonly string[] {
  if (replacedBy === null) return [];
  const { id } = replacedBy.revision;
  if (first !== undefined && isOpen(id, first)) return [id, first];
  return isOpen(id, suspect.revision.id) ? [id] : [];
}

/** Returns the revision that most probably is put back: ECS's own choice, or the first candidate that differs. */
export function firstChoice({ standing, candidates, revisions, running }: Rollout): ServiceRevision | null {
  const native = standing.state === 'rolling-back' ? [standing.awsGoesTo ?? ''] : [];
  const found = [...native, ...candidates.map(({ revision }) => revision)].flatMap(
    (id) => revisions.get(id) ?? [],
  );
  return found.find((one) => !isEmpty(changesBetween(running.configuration, one.configuration))) ?? null;
}
