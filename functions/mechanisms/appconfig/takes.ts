import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { REDEPLOY } from './rungs.ts';

/** Returns a stop or a revert, and the new deployment where these do not go back. A look lists, and reads the details. */
export const takes: Mechanism<Memo>['takes'] = ({ state, inFlight, rungs: [first] }) => ({
  write:
    state === 'join'
      ? []
      : [{ quota: 'appconfig modify', calls: inFlight === true && first.name === REDEPLOY ? 2 : 1 }],
  look: [{ quota: 'appconfig read', calls: 2 }],
});
