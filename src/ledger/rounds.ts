import type { Instant } from '../rollback/request.ts';
import { isAfter } from '../rollback/time.ts';

/**
 * How far the sweep has come with the units of one kind. It remembers this between two minutes, also through a cold
 * start. Units are ordered by their ids.
 */
export interface Round {
  /** When it was last written. */
  readonly at: Instant;
  /** Id of the last unit that this round has read, or tried to read. Empty: none yet. */
  readonly after: string;
  readonly began: Instant;
  /** When the round before began. Absent: there was none. */
  readonly lastBegan?: Instant;
  /** Digest of the ids of all units. */
  readonly units: string;
  /** Since when every unit of `units` was read in its round, or is due. */
  readonly unitsSince: Instant;
  /** Units that could not be read, by id, each with a sight before (null: unknown). They are due again. */
  readonly due: Readonly<Record<string, Instant | null>>;
  /** Units that changed lately, by id, with the sight of the change. */
  readonly recent: Readonly<Record<string, Instant>>;
}

/** Returns the id of a unit. The ids order the round. */
export function idOf({ batch, name }: { readonly batch: string; readonly name: string }): string {
  return `${batch}\n${name}`;
}

/**
 * Returns an instant that is no later than the last sight of a unit, by when its round began. All units of a round were
 * read in it, or are due. Null: it is not known that there was a sight.
 */
export function sightIn({ after, began, lastBegan, unitsSince, due }: Round, id: string): Instant | null {
  if (id in due) return due[id] ?? null;
  const since = id <= after ? began : lastBegan;
  return since === undefined || isAfter(unitsSince, since) ? null : since;
}

/** The rounds of the sweep. */
export interface Rounds {
  /** Returns the round of a kind, or null before the first one. */
  of(kind: string): Promise<Round | null>;
  keep(kind: string, round: Round): Promise<void>;
}
