import type { Instant } from '../request.ts';
import { after, isAfter, secondsBetween } from '../time.ts';

/** Alarms that turn within this time of each other count together. */
export const STORM_SECONDS = 300;

/**
 * The question of a storm waits no longer than this after the first alarm. Targets that join later are asked about in a
 * further list. A member's countdown is so much longer, because it begins before the question is shown.
 */
export const MAX_GATHERING_SECONDS = 90;

/** A storm takes no more targets after this time. Later ones gather anew, so that each question ends. */
export const MAX_STORM_SECONDS = 3600;

/** How far the last alarm of a storm must move before it is written: hundreds of arrivals share one item. */
const LAST_SECONDS = 30;

/**
 * The place of a target among the alarms of its minutes. Claim decides it once. `first`: it goes on as if it were
 * alone. `member`: more targets alarm than `storm` allows, so that one person decides for all of them.
 */
export interface InStorm {
  /** Id of the storm; for `first`, of the one that it would become. */
  readonly id: string;
  readonly role: 'first' | 'member';
  /** Turn of the first alarm, as far as it was known then. */
  readonly since: Instant;
}

/** A target, and when its alarm turned. */
export interface Arriving {
  readonly target: string;
  readonly at: Instant;
}

/** The first targets whose alarms turned within five minutes, and the storm that followed them. */
export interface Gathering {
  readonly id: string;
  readonly first: readonly Arriving[];
  /** Turn of the last alarm that was written. Absent: more targets than the first have not come, so it is no storm. */
  readonly last?: Instant;
  /** The targets that alarmed lately. Read only where alarms come slowly (`comesSlowly`). */
  readonly lately?: readonly Arriving[];
}

/** What an arrival means. The adapter writes it, on condition that the gathering has not changed. */
export type Place =
  /** It gathers anew with these. */
  | { readonly is: 'gathers'; readonly first: readonly Arriving[]; readonly isNew?: true }
  /** It is one more of the first. */
  | { readonly is: 'follows' }
  /** It was among the first before. */
  | { readonly is: 'first' }
  /** It belongs to the storm. With `last` the turn of its alarm must be written. */
  | { readonly is: 'member'; readonly last?: Instant }
  /** Its alarm turned long before those that are known. */
  | { readonly is: 'alone' };

/**
 * Returns the place of an arrival.
 * @param gathering null: no alarm has turned yet
 * @param most the number of targets that may alarm within five minutes without being a storm
 */
export function placeOf(gathering: Gathering | null, arriving: Arriving, most: number): Place {
  if (gathering === null) return { is: 'gathers', first: [arriving] };
  return gathering.last === undefined
    ? placeBefore(gathering.first, arriving, most)
    : placeIn({ ...gathering, last: gathering.last }, arriving, most);
}

/** After such a gap the alarms of the last five minutes are counted once more: a storm may only have had a beginning. */
const GAP_SECONDS = 60;

/** Says whether it is not known without a count that more targets than chance explains still alarm. */
export function comesSlowly({ last }: Gathering, { at }: Arriving): boolean {
  return last !== undefined && secondsBetween(last, at) > GAP_SECONDS;
}

/** Returns the start of a gathering: the turn of its first alarm. */
export function sinceOf({ first }: Pick<Gathering, 'first'>): Instant {
  return first.map(({ at }) => after(at, 0)).reduce((one, other) => (isAfter(one, other) ? other : one));
}

/** Returns how many targets have alarmed lately. In a storm they are no longer counted: Infinity. */
export function arrivedIn({ first, last }: Gathering, now: Instant): number {
  if (last !== undefined && secondsBetween(last, now) <= STORM_SECONDS) return Infinity;
  return first.filter(({ at }) => secondsBetween(at, now) <= STORM_SECONDS).length;
}

/** Returns the id of the storm of which a rollback's target is a member, or null. */
export function memberOf(claim: { readonly storm?: InStorm } | undefined): string | null {
  return claim?.storm?.role === 'member' ? claim.storm.id : null;
}

/** No storm yet: only the alarms of the last five minutes count. */
function placeBefore(first: readonly Arriving[], arriving: Arriving, most: number): Place {
  const { target, at } = arriving;
  if (first.some((one) => secondsBetween(at, one.at) > STORM_SECONDS)) return { is: 'alone' };
  const near = first.filter((one) => secondsBetween(one.at, at) <= STORM_SECONDS);
  if (near.some((one) => one.target === target)) return { is: 'first' };
  if (near.length >= most) return { is: 'member', last: at };
  return near.length === first.length ? { is: 'follows' } : { is: 'gathers', first: [...near, arriving] };
}

function placeIn(
  { first, last, lately }: Gathering & { readonly last: Instant },
  { target, at }: Arriving,
  most: number,
): Place {
  const since = sinceOf({ first });
  if (secondsBetween(at, since) > STORM_SECONDS) return { is: 'alone' };
  if (secondsBetween(last, at) > STORM_SECONDS || secondsBetween(since, at) > MAX_STORM_SECONDS)
    return { is: 'gathers', first: [{ target, at }], isNew: true };
  if (first.some((one) => one.target === target)) return { is: 'first' };
  const near = lately?.filter((one) => Math.abs(secondsBetween(one.at, at)) <= STORM_SECONDS);
  if (near !== undefined && near.length < most)
    return { is: 'gathers', first: [...near, { target, at }], isNew: true };
  return secondsBetween(last, at) > LAST_SECONDS ? { is: 'member', last: at } : { is: 'member' };
}
