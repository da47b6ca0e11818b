import type { Requested } from './document.ts';
import { onsetFor } from './onset.ts';
import type { Deployment } from './plan.ts';
import { isOlderThan, suspicionAmong } from './suspect.ts';
import { isAfter } from './time.ts';

/** Which deployment is held responsible, and what has come since. */
export interface Course {
  /** Null: none is known. */
  readonly suspect: Deployment | null;
  /** The newest deployment that neither failed nor is taken back: what runs, or is being rolled out. */
  readonly current: Deployment | null;
  /** The current deployment is newer than the suspect: it may be a way back or a fix. */
  readonly isSuperseded: boolean;
}

/**
 * Returns the course of a target. The suspect is the deployment that AWS says failed, where that is the trigger; else the
 * one that took traffic at the onset. Where all began after the onset it is the newest, and the judge says so.
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
  const failed = trigger?.type === 'deployment' ? trigger.deployment : null;
  const named = recent.find(({ id }) => id === failed);
  if (named !== undefined) return named;
  const onset = onsetFor(rollback);
  return onset === null ? newest : (suspicionAmong(recent, onset)?.suspect ?? null);
}

/** Whether anything may still run of what a deployment brought. */
export function isThere({ state, remains }: Pick<Deployment, 'state' | 'remains'>): boolean {
  return state !== 'failed' || remains === true;
}

/** A revision by its id and, where that is known, by its content. */
export interface Known {
  readonly id: string;
  readonly content?: string | undefined;
}

/** Whether two are the same, under whichever id. */
export function isSame(one: Known, other: Known): boolean {
  return one.id === other.id || (one.content !== undefined && one.content === other.content);
}

export function knownOf({ revision, content }: Deployment): Known {
  return { id: revision.id, content };
}

/** Whether a revision may be gone back to: it is neither the suspect's nor condemned, and not newer than the suspect. */
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

/** By its id where its content is not known. */
function isOlder({ id, content }: Known, suspect: Deployment, recent: readonly Deployment[]): boolean {
  if (content !== undefined) return isOlderThan(content, suspect, recent);
  const first = recent.findLast(({ revision }) => revision.id === id);
  return first === undefined || isAfter(suspect.startedAt, first.startedAt);
}
