import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { ROLL_BACK } from './rungs.ts';

/**
 * Returns the rollback of the refresh, or its end, the version for the group and a new refresh. A look reads the group,
 * its refreshes and, while it waits, its scaling activities.
 */
export const takes: Mechanism<Memo>['takes'] = ({ state, inFlight, rungs: [first] }) => ({
  write: state === 'join' ? [] : [{ quota: 'autoscaling modify', calls: writes(inFlight, first.name) }],
  look: [{ quota: 'autoscaling read', calls: 3 }],
});

function writes(inFlight: boolean | undefined, rung: string): number {
  if (rung === ROLL_BACK) return 1;
  return inFlight === false ? 2 : 3;
}
