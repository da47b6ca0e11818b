import { logger } from '../../src/lambda/logger.ts';
import type { Hints } from '../../src/ledger/hints.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { ObservedDeployment, StalledKind } from '../../src/targets/kind.ts';
import { readTarget } from '../../src/targets/target.ts';

/** Looks at a target after a hint. Null: nothing has stalled, or it was looked at just now, or AWS did not answer. */
export type CheckStalled = (target: string) => Promise<ObservedDeployment | null>;

/**
 * A hint that comes to nothing is not worth a retry or a page: the sweep looks at every target within a minute.
 * @param kinds by name
 */
export function createCheckStalled(
  kinds: ReadonlyMap<string, StalledKind>,
  hints: Hints,
  now: () => Instant,
): CheckStalled {
  return async (target) => {
    try {
      if (!(await hints.isDue(target, now()))) return null;
      return (await kinds.get(readTarget(target).kind)?.stalled(target)) ?? null;
    } catch (error) {
      logger.warn('not looked at', { target, error: String(error) });
      return null;
    }
  };
}
