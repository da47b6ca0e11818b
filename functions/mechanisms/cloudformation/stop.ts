import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Neither reads nor writes: CloudFormation cannot freeze an update, and Revert cancels it. */
export function stopWith({ now }: { readonly now: () => string }): Mechanism<Memo>['stop'] {
  return ({ plan }) => {
    const deployment = plan.deployment?.id ?? plan.from.id;
    return Promise.resolve(
      plan.state === 'join' ? { state: 'reverting', at: now(), deployment } : { state: 'not-running' },
    );
  };
}
