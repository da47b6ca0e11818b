import type { Entry, Night } from './night.ts';

const MINUTE_MS = 60_000;

/** Returns what the story did of these names and what was in force in a part of the time between two instants. */
export function inForce(
  { diary }: Night,
  from: number,
  to: number,
  names: ReadonlySet<string>,
): readonly Entry[] {
  return diary.filter(
    (entry) => names.has(entry.what) && entry.refused === undefined && entry.at <= to && endOf(entry) >= from,
  );
}

/** Acts last as many minutes as they were given. Data that a fault made late arrives after the fault is over. */
export function endOf({ by, at, until, given }: Entry): number {
  if (by !== 'fault') return at + Number(given?.['minutes'] ?? 0) * MINUTE_MS;
  return (until ?? Infinity) + Number(given?.['lateSeconds'] ?? 0) * 1_000;
}
