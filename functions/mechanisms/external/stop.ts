import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/**
 * Neither reads nor writes. Only the system can stop its own rollout, and there is one event for both. The workflow passes
 * over Stop, because the plan has nothing in flight for it.
 */
export function stopWith(): Mechanism<Memo>['stop'] {
  return ({ plan: { memo } }) =>
    Promise.resolve(
      memo.inFlight === undefined
        ? { state: 'not-running' }
        : {
            state: 'left-to-revert',
            deployment: memo.inFlight,
            reason: 'the system that is asked to go back stops its own rollout',
          },
    );
}
