import { isNamed } from '../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { AutoScaling, Refresh } from './autoscaling.ts';
import { atFault, newerThan } from './newer.ts';
import { ROLL_BACK } from './rungs.ts';
import { isActive, isInFlight, isRollingBack } from './status.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';
import type { Memo } from './memo.ts';

interface Clients {
  readonly autoscaling: AutoScaling;
  readonly now: () => string;
}

/**
 * Freezes the refresh at fault, and no other: a later one may be the fix. The calls name only the group, so Stop reads
 * directly before the call whether that refresh is the one in flight.
 */
export function stopWith({ autoscaling, now }: Clients): Mechanism<Memo>['stop'] {
  return async ({ plan, request }) => {
    const name = groupOf(request.target);
    const look = async () => {
      const refreshes = await autoscaling.refreshes(name);
      return newerThan(refreshes, plan).length > 0 ? null : atFault(refreshes, plan);
    };
    const refresh = await look();
    if (refresh === null || isOver(refresh, plan)) return asItStands(refresh, now);
    try {
      return await cancel(autoscaling, name, refresh, plan, now);
    } catch (error) {
      if (!isNamed(error, 'ActiveInstanceRefreshNotFoundFault', 'ActiveInstanceRefreshNotFound')) throw error;
      const moved = await look();
      if (moved !== null && !isOver(moved, plan)) throw error;
      return asItStands(moved, now);
    }
  };
}

/**
 * Returns whether there is nothing to freeze: it ended, is being cancelled, or already rolls back to the wanted
 * version.
 */
function isOver({ status }: Refresh, { rungs }: Planned<Memo>['plan']): boolean {
  if (isRollingBack(status)) return rungs[0].name === ROLL_BACK;
  return !isInFlight(status);
}

async function cancel(
  autoscaling: AutoScaling,
  name: string,
  { id, status }: Refresh,
  { rungs }: Planned<Memo>['plan'],
  now: () => string,
): Promise<Stopped> {
  if (rungs[0].name === ROLL_BACK && isInFlight(status)) {
    try {
      await autoscaling.rollBack(name);
      return { state: 'reverting', at: now(), deployment: id };
    } catch (error) {
      if (!isNamed(error, 'IrreversibleInstanceRefreshFault', 'IrreversibleInstanceRefresh')) throw error;
    }
  }
  await autoscaling.cancel(name);
  return { state: 'stopped', at: now(), deployment: id };
}

function asItStands(refresh: Refresh | null, now: () => string): Stopped {
  if (refresh === null) return { state: 'not-running' };
  const { id: deployment, status } = refresh;
  if (isRollingBack(status)) return { state: 'reverting', at: now(), deployment };
  return isActive(status) ? { state: 'stopped', at: now(), deployment } : { state: 'not-running' };
}
