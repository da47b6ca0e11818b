import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/**
 * Neither reads nor writes. Removing the canary is part of the call that points the stage at the good deployment. A
 * canary that was only set to 0 % would stay, and keep every other release off the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export const stop: Mechanism<Memo>['stop'] = ({ plan }) => {
  const deployment = plan.deployment?.id;
  if (deployment === undefined || plan.memo.sides.length < 2)
    return Promise.resolve({ state: 'not-running' });
  const reason = `pointing the stage at ${plan.to.name} removes its canary in the same call`;
  return Promise.resolve({ state: 'left-to-revert', deployment, reason });
};
