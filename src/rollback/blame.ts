import type { Requested } from './document.ts';
import { onsetFor } from './onset.ts';
import type { Deployment } from './plan.ts';
import type { Instant } from './request.ts';
import { suspicionAmong, wasGoneBackFrom } from './suspect.ts';
import { isAfter } from './time.ts';

/** The deployment that is held responsible, and what took its place since. */
export interface Blame {
  readonly suspect: Deployment;
  /** The newest deployment, where it brought something else: a way back or a fix. Null: what the suspect brought runs. */
  readonly replacedBy: Deployment | null;
}

/**
 * Returns who is to blame; where nothing had begun when the harm did, the newest. Null: no deployment is known.
 * @param recent newest first
 */
export function blameOf(recent: readonly Deployment[], rollback: Requested): Blame | null {
  const [newest] = recent;
  if (newest === undefined) return null;
  const { suspect, later } = suspicionAmong(recent, onsetFor(rollback)) ?? { suspect: newest, later: [] };
  const isAgain = suspect.content !== undefined && newest.content === suspect.content;
  return { suspect, replacedBy: later.length === 0 || isAgain ? null : newest };
}

/** What ran once, and when it was last seen first. */
export interface Ran {
  readonly content: string;
  readonly since: Instant;
}

/**
 * Whether something may be gone back to: it is something else than the suspect's, was there before it, and was not gone back
 * from to the suspect's.
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

/** Says that what is wanted back has taken the suspect's place. */
export function backAlready({ revision, state }: Deployment, { suspect }: Blame): string {
  return state === 'completed'
    ? `${revision.name} is back already: it replaced ${suspect.revision.name}`
    : `${revision.name} is being brought back already: it replaces ${suspect.revision.name}`;
}

/** Says in a plan whom it goes back from, where that is not what runs. */
export function noteOn({ suspect, replacedBy }: Blame): readonly string[] {
  if (replacedBy === null) return [];
  const [at, since] = [suspect.revision.name, replacedBy.revision.name];
  return [`${at} is held responsible, which ran when the harm began; ${since} took its place since`];
}

/** Says that the suspect is gone, and that nothing is known that would be better than what replaced it. */
export function replaced({ revision }: Deployment, { suspect }: Blame, notes: readonly string[]): string {
  const gone = `${revision.name} replaced ${suspect.revision.name}, which ran when the harm began`;
  return [`${gone}, and nothing proven before that can be gone back to`, ...notes].join('; ');
}
