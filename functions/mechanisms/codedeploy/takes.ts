import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { STOP_DEPLOYMENT } from './rungs.ts';

/**
 * Returns the stop of what is in flight, and a new deployment where the stop does not go back. A look lists what was
 * deployed since, and reads it; on Lambda the alias too.
 */
export const takes: Mechanism<Memo>['takes'] = ({ state, inFlight, memo, rungs: [first] }) => ({
  write: state === 'join' ? [] : [{ quota: 'codedeploy modify', calls: writes(inFlight, first.name) }],
  look: [
    { quota: 'codedeploy read', calls: 2 },
    ...(memo.alias === undefined ? [] : [{ quota: 'lambda control plane' as const, calls: 1 }]),
  ],
});

function writes(inFlight: boolean | undefined, rung: string): number {
  return inFlight === false || rung === STOP_DEPLOYMENT ? 1 : 2;
}
