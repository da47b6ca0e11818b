import { createHash } from 'node:crypto';
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
  /** Marks of the ids of all units, as `marksOf` returns them. Absent: an earlier version wrote it. */
  readonly members?: string;
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

/** The most units of which the round keeps marks: five bytes each, in an item of 400 KB. */
export const MAX_MEMBERS = 25_000;

/** Characters of a mark, six bits each. Among 5,000 units, one id in 200,000 has the mark of another. */
const MARK_LENGTH = 5;

/** Returns short digests of ids, in one text. Empty: there are more than an item holds. */
export function marksOf(ids: readonly string[]): string {
  return ids.length > MAX_MEMBERS ? '' : ids.map(markOf).join('');
}

function markOf(id: string): string {
  return createHash('sha256').update(id).digest('base64').slice(0, MARK_LENGTH);
}

/** Says whether the round shows that a unit is one of its own: the target was opted in when it was last written. */
export function isMember({ members = '' }: Round, id: string): boolean {
  const mark = markOf(id);
  for (let at = members.indexOf(mark); at >= 0; at = members.indexOf(mark, at + 1))
    if (at % MARK_LENGTH === 0) return true;
  return false;
}

/**
 * Returns an instant that is no later than the last sight of a unit. Null: it is not known that there was one. The sweep
 * may never have listed the unit, or no longer.
 */
export function sightIn(round: Round, id: string): Instant | null {
  return isMember(round, id) ? sightOfMember(round, id) : null;
}

/**
 * Returns an instant that is no later than the last sight of one of the round's units, by when its round began. All
 * units of a round were read in it, or are due. Null: it is not known that there was a sight.
 */
export function sightOfMember(
  { after, began, lastBegan, unitsSince, due }: Round,
  id: string,
): Instant | null {
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
