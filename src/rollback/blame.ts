import type { Requested } from './document.ts';
import { onsetFor } from './onset.ts';
import { noWayPast } from './no-way-back.ts';
import type { Deployment } from './plan.ts';
import type { Instant } from './request.ts';
import { suspicionAmong, wasGoneBackFrom } from './suspect.ts';
import { isAfter } from './time.ts';

/** The deployment that is held responsible, and its replacement. */
export interface Blame {
  readonly suspect: Deployment;
  /**
   * The newest deployment, if its content differs: a way back or a fix. Null: the content of the suspect still runs.
   */
  readonly replacedBy: Deployment | null;
}

/**
 * Returns the deployment to blame. Where none had begun at the onset, it is the newest. Null: no deployment is known.
 * @param recent newest first
 */
export function blameOf(recent: readonly Deployment[], rollback: Requested): Blame | null {
  const [newest] = recent;
  if (newest === undefined) return null;
  const { suspect, later } = suspicionAmong(recent, onsetFor(rollback)) ?? { suspect: newest, later: [] };
  const isAgain = suspect.content !== undefined && newest.content === suspect.content;
  return { suspect, replacedBy: later.length === 0 || isAgain ? null : newest };
}

/** A content that ran, and when it was first seen. */
export interface Ran {
  readonly content: string;
  readonly since: Instant;
}

/**
 * Says whether a content is a candidate. It differs from the suspect, ran before the suspect, and was not replaced by
 * the suspect as a way back.
 */
export function isBefore(
  { content, since }: Ran,
  { suspect }: Blame,
  recent: readonly Deployment[],
): boolean {
  if (content === suspect.content || wasGoneBackFrom(content, suspect, recent)) return false;
  const at = recent.findIndex(({ id }) => id === suspect.id);
  const older = recent.slice(at + 1);
  return older.some((one) => one.content === content) || !isAfter(since, suspect.startedAt);
}

/**
 * Says that the wanted revision has replaced the suspect already. Null: another one has, or the wanted one has only a
 * part of the traffic, and nothing moves the rest natively.
 */
export function wantedIsBack(blame: Blame | null, content: string): string | null {
  if (blame?.replacedBy == null) return null;
  const { replacedBy } = blame;
  const isBack = replacedBy.content === content && replacedBy.sharesWith === undefined;
  return isBack ? backAlready(replacedBy, blame) : null;
}

/** Says that the wanted revision has replaced the suspect already. */
export function backAlready({ revision, state }: Deployment, { suspect }: Blame): string {
  return state === 'completed'
    ? `${revision.name} is back already: it replaced ${suspect.revision.name}`
    : `${revision.name} is being brought back already: it replaces ${suspect.revision.name}`;
}

/** Notes in a plan that the suspect is not the running revision. */
export function noteOn({ suspect, replacedBy }: Blame): readonly string[] {
  if (replacedBy === null) return [];
  const [at, since] = [suspect.revision.name, replacedBy.revision.name];
  const how =
    replacedBy.sharesWith === undefined ? 'has replaced it since' : 'shares the traffic with it since';
  return [`${at} is held responsible, because it ran when the harm began; ${since} ${how}`];
}

/** Returns the plan where the suspect was replaced, and no better candidate than the replacement is known. */
export function replaced(
  { revision, sharesWith }: Deployment,
  { suspect }: Blame,
  notes: readonly string[],
): ReturnType<typeof noWayPast> {
  const how = sharesWith === undefined ? 'replaced' : 'shares the traffic with';
  const gone = `${revision.name} ${how} ${suspect.revision.name}, which ran when the harm began`;
  const reason = [`${gone}, and nothing proven before that can be gone back to`, ...notes].join('; ');
  return noWayPast(suspect.revision, reason);
}
