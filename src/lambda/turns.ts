import type { Urgency } from '../quotas/calendar.ts';
import type { Calendar, Reservation } from '../quotas/dynamodb-calendar.ts';
import { quotaNamed, type Quota } from '../quotas/quotas.ts';
import type { Instant } from '../rollback/request.ts';
import { isAfter, secondsBetween } from '../rollback/time.ts';
import { LONG_SECONDS, type Take, type Turn } from '../rollback/turn.ts';
import { inTime } from './in-time.ts';
import { logger } from './logger.ts';

/** Gives each rollback its turn where AWS's quotas are scarce. */
export interface Turns {
  /**
   * Reserves calls, and returns when they may be made; undefined: at once. Never throws: where the calendar cannot be
   * read or written, the rollback goes on unpaced.
   */
  of(takes: readonly Take[], urgency: Urgency, notBefore?: Instant): Promise<Turn | undefined>;
}

/** Gives turns to many rollbacks that go on together. */
export interface ManyTurns {
  /** As `of`, for so many rollbacks. Returns as many turns, the first ones first. */
  ofEach(takes: readonly Take[], urgency: Urgency, count: number): Promise<readonly (Turn | undefined)[]>;
}

/** Milliseconds for all reservations of one turn, or of many together. */
const PATIENCE = 2_000;

export function createTurns(calendar: Pick<Calendar, 'reserve'>, now: () => Instant): Turns {
  return {
    of: async (takes, urgency, notBefore) => {
      const reserve = (quota: Quota, calls: number) => calendar.reserve(quota, calls, urgency, notBefore);
      return lastOf(await reserveAll(takes, reserve), now());
    },
  };
}

export function createManyTurns(calendar: Pick<Calendar, 'reserveEach'>, now: () => Instant): ManyTurns {
  return {
    ofEach: async (takes, urgency, count) => {
      const reserve = (quota: Quota, calls: number) => calendar.reserveEach(quota, calls, urgency, count);
      const reserved = await reserveAll(takes, reserve);
      const ofOne = (index: number) =>
        reserved.flatMap(([quota, each]) => {
          const one = each[index];
          return one === undefined ? [] : [[quota, one] as const];
        });
      return Array.from({ length: count }, (_, index) => lastOf(ofOne(index), now()));
    },
  };
}

/** What was reserved of each quota. */
type Reserved<T> = readonly (readonly [quota: string, reserved: T])[];

/** Reserves calls of each quota. Returns none where the calendar fails, or is too slow. */
async function reserveAll<T>(
  takes: readonly Take[],
  reserve: (quota: Quota, calls: number) => Promise<T>,
): Promise<Reserved<T>> {
  const known = together(takes).flatMap(({ quota: name, calls }) => {
    const quota = quotaNamed(name);
    return quota === null ? [] : [[quota, calls] as const];
  });
  const reserved = await inTime(PATIENCE, async () => {
    try {
      const each = known.map(async ([quota, calls]) => [quota.name, await reserve(quota, calls)] as const);
      return await Promise.all(each);
    } catch (error) {
      logger.warn('no reservation', error as Error);
      return null;
    }
  });
  if (reserved === null) logger.warn('goes on unpaced', { takes });
  return reserved ?? [];
}

/** Returns the turn at the last of these reservations. Undefined: all are for the present second. */
function lastOf(reserved: Reserved<Reservation>, now: Instant): Turn | undefined {
  const [last] = reserved
    .map(([quota, { at, ahead }]) => ({ at, quota, ahead }))
    .toSorted((one, other) => secondsBetween(one.at, other.at));
  return last === undefined || !isAfter(last.at, now) ? undefined : withLength(last, now);
}

/** Returns one take of each quota. */
function together(takes: readonly Take[]): readonly Take[] {
  const calls = new Map<string, number>();
  for (const take of takes) calls.set(take.quota, (calls.get(take.quota) ?? 0) + take.calls);
  return [...calls].map(([quota, sum]) => ({ quota, calls: sum }));
}

function withLength(turn: Turn, now: Instant): Turn {
  return secondsBetween(now, turn.at) >= LONG_SECONDS ? { ...turn, isLong: true } : turn;
}
