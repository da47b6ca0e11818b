import type { Stopped } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { second } from './configuration.ts';
import { deploymentId } from './deployment-id.ts';
import type { Lambda } from './lambda.ts';
import { aliasOf } from '../../../src/targets/kinds/lambda/target.ts';
import type { Memo } from './memo.ts';

/**
 * Writes nothing. Clearing a canary's weights is part of the call that points the alias at the good version. One write
 * does both under one lock, without an intermediate state.
 */
export function stopWith({
  lambda,
  now,
}: {
  readonly lambda: Lambda;
  readonly now: () => string;
}): Mechanism<Memo>['stop'] {
  return async ({ request, plan }): Promise<Stopped> => {
    const alias = await lambda.alias(aliasOf(request.target));
    if (alias === null || second(alias) === null) return { state: 'not-running' };
    const deployment = deploymentId(alias);
    if (plan.state === 'join') return { state: 'reverting', at: now(), deployment };
    return {
      state: 'left-to-revert',
      deployment,
      reason: `pointing the alias at ${plan.to.name} clears its weights in the same call`,
    };
  };
}
