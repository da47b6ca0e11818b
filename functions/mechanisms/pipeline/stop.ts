import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/**
 * Neither reads nor writes, because there is nothing to stop. AWS rolls back no stage that runs, so such a stage has no
 * plan. StopPipelineExecution would let the running actions end, or abandon them half done. What runs in other stages is
 * not this target's.
 */
export function stopWith({ now }: { readonly now: () => string }): Mechanism<Memo>['stop'] {
  return ({ plan }) =>
    Promise.resolve(
      plan.state === 'join'
        ? { state: 'reverting', at: now(), deployment: plan.memo.latest }
        : { state: 'not-running' },
    );
}
