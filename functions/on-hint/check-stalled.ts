import { logger } from '../../src/lambda/logger.ts';
import type { Hints } from '../../src/ledger/hints.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { ObservedDeployment, StalledKind } from '../../src/targets/kind.ts';
import { readTarget } from '../../src/targets/target.ts';

/** Checks a target after a hint. Returns null if nothing has stalled, if it was checked just now, or if AWS fails. */
export type CheckStalled = (target: string) => Promise<ObservedDeployment | null>;

/**
 * Makes the check. A failed check needs neither a retry nor an alarm, because the sweep reads every target each minute.
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
      logger.warn('target not checked', { target, error: String(error) });
      return null;
    }
  };
}
