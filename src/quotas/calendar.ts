import type { Quota } from './quotas.ts';

/*
 * The calendar of a quota: how many calls were reserved for each second. A second is the finest instant that a Wait
 * state knows (https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html).
 */

/**
 * Who comes before whom where a quota is scarce.
 * - rollout-in-flight: ends a rollout that spreads harm. May use the whole burst.
 * - before-write: leaves a part of the burst to rollouts in flight.
 * - look: leaves half of the bucket to the others, and most of it while others wait.
 * - lookout: as a look, and leaves four fifths.
 */
export type Urgency = 'rollout-in-flight' | 'before-write' | 'look' | 'lookout';

/** The calls reserved for one second; `looks` are part of `calls`. */
export interface Reserved {
  readonly calls: number;
  readonly looks: number;
}

/** The reservations of one quota, by second since the epoch. */
export type Reservations = ReadonlyMap<number, Reserved>;

export interface Wish {
  readonly calls: number;
  readonly urgency: Urgency;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The calls are not due before then, in milliseconds since the epoch. */
  readonly notBefore: number;
}

/** A second with room for a wish. */
export interface Slot {
  readonly second: number;
  /** The most that may be reserved there already for the wish to fit. */
  readonly most: Reserved;
  /** How many calls are reserved from now up to this second. */
  readonly ahead: number;
}

/**
 * How far back reservations count. A bucket that is empty then is full again in ten seconds, so an older reservation
 * matters only where calls have been reserved at the full rate ever since.
 */
export const MEMORY_SECONDS = 300;

/** The share of the burst that is left to rollouts in flight. */
const RESERVE = 1 / 5;

/** The share of a bucket that all looks together may use. */
const LOOKS = 1 / 2;

/** The share that lookouts may use. They count as looks, and leave what rollbacks look at. */
const LOOKOUTS = 1 / 5;

/**
 * What looks may use while ways back wait for the quota: until the last of them has had its turn, and for the time after
 * that. A storm is still growing then, and each look would stand before the ways back that are still to come.
 */
const LOOKS_IN_STORM = 1 / 16;
const STORM_SECONDS = 240;

const NOTHING: Reserved = { calls: 0, looks: 0 };

/** Returns the earliest second at which the calls fit: the bucket of AWS, as reserved so far, still has the tokens. */
export function earliest(quota: Quota, reserved: Reservations, wish: Wish): Slot {
  const calls = Math.min(wish.calls, quota.burst);
  const first = firstSecond(wish);
  const last = Math.max(first, ...reserved.keys()) + secondsToRefill(quota, calls);
  const from = Math.floor(wish.now / 1000) - MEMORY_SECONDS;
  const room = roomFor({ ...wish, calls }, quota, reserved, { from, first, last });
  const second = firstIndex(first, last, (at) => room(at).calls >= calls && room(at).looks >= calls);
  const before = reserved.get(second) ?? NOTHING;
  const left = room(second);
  return {
    second,
    most: { calls: before.calls + left.calls - calls, looks: before.looks + left.looks - calls },
    ahead: sumOf(reserved, Math.floor(wish.now / 1000), second),
  };
}

/** Returns the earliest slots of so many equal wishes, one after another. */
export function earliestOfEach(
  quota: Quota,
  reserved: Reservations,
  wish: Wish,
  count: number,
): readonly Slot[] {
  const calls = Math.min(wish.calls, quota.burst);
  const all = new Map(reserved);
  return Array.from({ length: count }, () => {
    const slot = earliest(quota, all, wish);
    const before = all.get(slot.second) ?? NOTHING;
    const looks = isLook(wish.urgency) ? calls : 0;
    all.set(slot.second, { calls: before.calls + calls, looks: before.looks + looks });
    return slot;
  });
}

/** Returns the present second, or the first whole one at or after `notBefore`. Nothing is reserved in the past. */
function firstSecond({ now, notBefore }: Wish): number {
  return notBefore <= now ? Math.floor(now / 1000) : Math.ceil(notBefore / 1000);
}

/** Returns the seconds after which every wish fits where nothing is reserved. */
function secondsToRefill({ burst, perSecond }: Quota, calls: number): number {
  return Math.ceil(Math.max(burst, calls / LOOKS_IN_STORM) / perSecond) + 1;
}

interface Span {
  /** The second from which on reservations count. */
  readonly from: number;
  /** The first second that may be chosen. */
  readonly first: number;
  readonly last: number;
}

/** Returns how many calls, and how many looks, fit at each second. */
function roomFor(wish: Wish, quota: Quota, reserved: Reservations, span: Span): (second: number) => Reserved {
  const floor = Math.min(reserveOf(wish.urgency, quota), quota.burst - wish.calls);
  const all = roomIn(quota, floor, (second) => reserved.get(second)?.calls ?? 0, span);
  if (!isLook(wish.urgency)) return (second) => ({ calls: all(second), looks: Infinity });
  const share = wish.urgency === 'lookout' ? LOOKOUTS : LOOKS;
  const half = roomForLooks(share, wish, quota, reserved, span);
  if (!isScarce(reserved, wish.now)) return (second) => ({ calls: all(second), looks: half(second) });
  const few = roomForLooks(LOOKS_IN_STORM, wish, quota, reserved, span);
  const until = STORM_SECONDS + Math.max(wish.now / 1000, lastOfWaysBack(reserved));
  return (second) => ({
    calls: all(second),
    looks: second < until ? Math.min(few(second), half(second)) : half(second),
  });
}

/** Says whether a wish is one of those that yield to ways back. */
export function isLook(urgency: Urgency): boolean {
  return urgency === 'look' || urgency === 'lookout';
}

/** Says whether a way back waits for the quota. */
export function isScarce(reserved: Reservations, now: number): boolean {
  return lastOfWaysBack(reserved) > Math.floor(now / 1000);
}

/** Returns the last second at which more than looks is reserved. */
function lastOfWaysBack(reserved: Reservations): number {
  let last = 0;
  for (const [second, { calls, looks }] of reserved) if (calls > looks) last = Math.max(last, second);
  return last;
}

function roomForLooks(share: number, { calls }: Wish, quota: Quota, reserved: Reservations, span: Span) {
  const burst = Math.max(share * quota.burst, calls);
  const ofLooks = { burst, perSecond: share * quota.perSecond };
  return roomIn(ofLooks, 0, (second) => reserved.get(second)?.looks ?? 0, span);
}

/** Returns the part of the burst that a wish leaves alone. */
function reserveOf(urgency: Urgency, { burst }: Quota): number {
  switch (urgency) {
    case 'rollout-in-flight':
      return 0;
    case 'before-write':
      return RESERVE * burst;
    case 'look':
      return LOOKS * burst;
    case 'lookout':
      return (1 - LOOKOUTS) * burst;
  }
}

/**
 * Returns how many more calls fit at each second from `first` on, so that the bucket never holds fewer than `floor`
 * tokens. The bucket counts as empty at `from`, so the room is never overstated.
 */
function roomIn(
  { burst, perSecond }: Pick<Quota, 'burst' | 'perSecond'>,
  floor: number,
  taken: (second: number) => number,
  { from, first, last }: Span,
): (second: number) => number {
  const levels: { readonly left: number; readonly spilled: number }[] = [];
  let tokens = 0;
  for (let second = from; second <= last; second++) {
    const left = Math.max(0, tokens - taken(second));
    tokens = Math.min(burst, left + perSecond);
    if (second >= first) levels.push({ left, spilled: left + perSecond - tokens });
  }
  // What is taken at one second is missing later, until the bucket would have spilled it.
  let later = Infinity;
  const room = levels
    .toReversed()
    .map(({ left, spilled }) => (later = Math.min(left - floor, later + spilled)));
  return (second) => room[last - second] ?? 0;
}

function firstIndex(first: number, last: number, fits: (second: number) => boolean): number {
  for (let second = first; second < last; second++) if (fits(second)) return second;
  return last;
}

function sumOf(reserved: Reservations, from: number, before: number): number {
  let sum = 0;
  for (const [second, { calls }] of reserved) if (second >= from && second < before) sum += calls;
  return sum;
}
