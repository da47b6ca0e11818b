import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/**
 * Neither reads nor writes. The workflow calls it where CodeDeploy goes back, and for plans of an earlier version.
 * Clearing a canary's weights is part of the call that points the alias at the good version. One write does both under
 * one lock, without an intermediate state.
 */
export function stopWith({ now }: { readonly now: () => string }): Mechanism<Memo>['stop'] {
  return ({ plan }) => {
    const deployment = plan.deployment?.id;
    if (deployment === undefined || plan.memo.versions.length < 2)
      return Promise.resolve({ state: 'not-running' });
    if (plan.state === 'join') return Promise.resolve({ state: 'reverting', at: now(), deployment });
    const reason = `pointing the alias at ${plan.to.name} clears its weights in the same call`;
    return Promise.resolve({ state: 'left-to-revert', deployment, reason });
  };
}
