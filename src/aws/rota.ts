import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';
import { createBudget } from './budget.ts';

/** Paces reads of single targets, so that in a minute they take no more than so many calls. */
export interface Rota {
  /** Says whether it is the target's turn, and then takes the calls. Each target has its turn before any has another. */
  isTurnOf(target: string, calls: number, now: Instant): boolean;
}

/** After that a target has another turn, even if more and more of others wait for their first. */
const MAX_WAIT_SECONDS = 3600;

export function createRota(callsPerMinute: number): Rota {
  const had = new Map<string, Instant>();
  let minute = { at: '', budget: createBudget(0), isEnough: true };
  const begin = (now: Instant) => {
    for (const [target, at] of had)
      if (minute.isEnough || secondsBetween(at, now) > MAX_WAIT_SECONDS) had.delete(target);
    minute = { at: now, budget: createBudget(callsPerMinute), isEnough: true };
  };
  return {
    isTurnOf: (target, calls, now) => {
      if (minute.at !== now) begin(now);
      if (had.has(target)) return false;
      if (!minute.budget.take(calls)) {
        minute.isEnough = false;
        return false;
      }
      had.set(target, now);
      return true;
    },
  };
}
