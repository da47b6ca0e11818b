import type { Requested } from './document.ts';
import { onsetFor } from './onset.ts';
import type { Deployment } from './plan.ts';
import { isOlderThan, suspicionAmong } from './suspect.ts';
import { isAfter } from './time.ts';

/** The deployment that is held responsible, and the current one. */
export interface Course {
  /** Null: none is known. */
  readonly suspect: Deployment | null;
  /** The newest deployment that neither failed nor is being rolled back. It runs, or is in flight. */
  readonly current: Deployment | null;
  /** The current deployment is newer than the suspect: it may be a way back or a fix. */
  readonly isSuperseded: boolean;
}

/**
 * Returns the course of a target. The suspect is the deployment that AWS reports as failed, or a lookout accuses, if that is the trigger.
 * Otherwise it took traffic at the onset. If every deployment began after the onset, the suspect is the newest, and the
 * judge says so.
 * @param recent newest first
 */
export function courseOf(rollback: Requested, recent: readonly Deployment[]): Course {
  const newest = recent.find(isThere) ?? null;
  const suspect = suspectIn(rollback, recent, newest) ?? newest;
  const current = recent.find(({ state }) => state === 'completed' || state === 'in-flight') ?? null;
  const isSuperseded =
    current !== null && suspect !== null && recent.indexOf(current) < recent.indexOf(suspect);
  return { suspect, current, isSuperseded };
}

function suspectIn(
  rollback: Requested,
  recent: readonly Deployment[],
  newest: Deployment | null,
): Deployment | null {
  const { trigger } = rollback.request;
  const accused = trigger !== undefined && 'deployment' in trigger ? trigger.deployment : null;
  const named = recent.find(({ id }) => id === accused);
  if (named !== undefined) return named;
  const onset = onsetFor(rollback);
  return onset === null ? newest : (suspicionAmong(recent, onset)?.suspect ?? null);
}

/** Says whether the revision of a deployment may still run. */
export function isThere({ state, remains }: Pick<Deployment, 'state' | 'remains'>): boolean {
  return state !== 'failed' || remains === true;
}

/** A revision by its id and, if known, its content. */
export interface Known {
  readonly id: string;
  readonly content?: string | undefined;
}

/** Says whether two revisions are the same, under any id. */
export function isSame(one: Known, other: Known): boolean {
  return one.id === other.id || (one.content !== undefined && one.content === other.content);
}

export function knownOf({ revision, content }: Deployment): Known {
  return { id: revision.id, content };
}

/** Says whether a revision is a candidate: neither the suspect nor condemned, and older than the suspect. */
export function isFit(
  revision: Known,
  { suspect }: Pick<Course, 'suspect'>,
  recent: readonly Deployment[],
  condemned: readonly Known[],
): boolean {
  if (condemned.some((bad) => isSame(bad, revision))) return false;
  if (suspect === null) return true;
  return !isSame(knownOf(suspect), revision) && isOlder(revision, suspect, recent);
}

/** Compares ids if the content is not known. */
function isOlder({ id, content }: Known, suspect: Deployment, recent: readonly Deployment[]): boolean {
  if (content !== undefined) return isOlderThan(content, suspect, recent);
  const first = recent.findLast(({ revision }) => revision.id === id);
  return first === undefined || isAfter(suspect.startedAt, first.startedAt);
}
