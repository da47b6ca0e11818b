import type { Urgency } from '../quotas/calendar.ts';
import type { Calendar } from '../quotas/dynamodb-calendar.ts';
import { quotaNamed } from '../quotas/quotas.ts';
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

/** Milliseconds for all reservations of one turn. */
const PATIENCE = 2_000;

export function createTurns(calendar: Pick<Calendar, 'reserve'>, now: () => Instant): Turns {
  const reserve = async ({ quota: name, calls }: Take, urgency: Urgency, notBefore: Instant | undefined) => {
    const quota = quotaNamed(name);
    if (quota === null) return [];
    const { at, ahead } = await calendar.reserve(quota, calls, urgency, notBefore);
    return [{ at, quota: name, ahead }];
  };
  return {
    of: async (takes, urgency, notBefore) => {
      const asked = await inTime(PATIENCE, async () => {
        try {
          const reserved = together(takes).map((take) => reserve(take, urgency, notBefore));
          return (await Promise.all(reserved)).flat();
        } catch (error) {
          logger.warn('no reservation', error as Error);
          return null;
        }
      });
      if (asked === null) logger.warn('goes on unpaced', { takes });
      const [last] = (asked ?? []).toSorted((one, other) => secondsBetween(one.at, other.at));
      return last === undefined || !isAfter(last.at, now()) ? undefined : withLength(last, now());
    },
  };
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
