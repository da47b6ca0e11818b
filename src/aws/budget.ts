import { Throttled } from '../rollback/errors.ts';

/** A number of calls that may be made, of one quota and in one minute. */
export interface Budget {
  /** Takes calls. Returns false, and takes none, if fewer are left. */
  take(calls: number): boolean;
}

export function createBudget(calls: number): Budget {
  let left = calls;
  return {
    take: (wanted) => {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
  };
}

/**
 * Makes a call, or a few that belong together, within a budget.
 * @throws Throttled if the budget is used up: the call is left for the next minute
 */
export async function within<T>(
  budget: Budget,
  quota: string,
  call: () => Promise<T>,
  calls = 1,
): Promise<T> {
  if (!budget.take(calls))
    throw new Throttled(`left for the next minute: the sweep's share of ${quota} is used up`);
  return call();
}
