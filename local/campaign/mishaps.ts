import type { Entry, Night } from './night.ts';

/** A deployment of a story, by a pipeline, a person or another tool. */
export interface Deployed {
  readonly at: number;
  readonly release: string;
}

/** Returns the deployments that AWS accepted, oldest first. */
export function deployedIn({ diary }: Night): readonly Deployed[] {
  return diary.flatMap(({ at, release, refused }) =>
    release === undefined || refused !== undefined ? [] : [{ at, release }],
  );
}

/** Returns the tags of the target at an instant. */
export function tagsAt({ tagged }: Night, at: number): Readonly<Record<string, string>> {
  return tagged.findLast((each) => each.at <= at)?.tags ?? {};
}

/** Returns the faults of which a part lies between two instants. */
export function faultsBetween({ diary }: Night, from: number, to: number): readonly Entry[] {
  return diary.filter(
    ({ by, at, until = Infinity, refused }) =>
      by === 'fault' && refused === undefined && at <= to && until >= from,
  );
}

/** Returns what the story did of these names until an instant, oldest first. */
export function doneBefore({ diary }: Night, at: number, ...names: readonly string[]): readonly Entry[] {
  return diary.filter((entry) => names.includes(entry.what) && entry.at <= at && entry.refused === undefined);
}

/** Acts that begin and end something, and the fault that does both. */
export interface Held {
  readonly begins: string;
  readonly ends: string;
  readonly fault: string;
}

export const FROZEN: Held = { begins: 'freeze', ends: 'unfreeze', fault: 'frozen-midway' };
export const PAUSED: Held = { begins: 'pause', ends: 'resume', fault: 'paused-midway' };

/** Returns since when something holds at an instant; null: it does not. */
export function heldSince(night: Night, at: number, { begins, ends, fault }: Held): number | null {
  const turns = doneBefore(night, at, begins, ends, fault).flatMap((entry) => [
    { at: entry.at, isOn: entry.what !== ends },
    ...(entry.until !== undefined && entry.until <= at ? [{ at: entry.until, isOn: false }] : []),
  ]);
  let since: number | null = null;
  for (const turn of turns.toSorted((one, other) => one.at - other.at))
    since = turn.isOn ? (since ?? turn.at) : null;
  return since;
}

/** Says whether a tool outside AWS goes on with its steps, whatever happens to the target between them. */
export function goesOn({ ground: { strategy } }: Night): boolean {
  return strategy.endsWith('-careless');
}

/**
 * Says whether AWS refused one of these deployments. Its tool may have set the version on a group already, before the refresh
 * was refused because another one runs. That one launches this version from then on.
 */
export function mayBeHalfDeployed(
  { diary }: Night,
  from: number,
  to: number,
  names: readonly string[],
): boolean {
  return diary.some(
    ({ what, refused, at }) => refused !== undefined && at > from && at <= to && names.includes(what),
  );
}

/** Says whether a dead letter names something. */
export function isInDeadLetters({ stage: { runtime } }: Night, what: string): boolean {
  const { queues } = runtime;
  return queues.all.some(({ name }) => queues.messages(name).some(({ body }) => body.includes(what)));
}
