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
 * Makes a call that takes one of the budget.
 * @throws Throttled if the budget is used up: the call is left for the next minute
 */
export async function within<T>(budget: Budget, quota: string, call: () => Promise<T>): Promise<T> {
  if (!budget.take(1))
    throw new Throttled(`left for the next minute: the sweep's share of ${quota} is used up`);
  return call();
}
