import {
  goesBackByItself,
  inTheWay,
  isInFlight,
  mayStillBeRolledBack,
} from '../../../src/aws/code-deploy/own-rollback.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import { isRefusedDeployment } from '../../../src/aws/refused-deployment.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import type { CodeDeploy, Deployment } from './codedeploy.ts';
import { descriptionOf } from '../../../src/aws/code-deploy/description.ts';
import type { Memo } from './memo.ts';
import { deployedSince, type Since } from './newer.ts';
import { STOP_DEPLOYMENT } from './rungs.ts';
import { groupOf } from '../../../src/targets/kinds/codedeploy/target.ts';

interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly now: () => string;
}

export function revertWith(clients: Clients): Mechanism<Memo>['revert'] {
  return async (rollback) => {
    const since = await deployedSince(clients.codedeploy, rollback);
    if (since === null) return failed('the deployment group is gone');
    const { earlier, other } = since;
    if (earlier !== null) return { state: 'started', deployment: earlier.id };
    if (other !== null) return failed(`a newer deployment took over: ${other.id}`);
    const deployment = await since.deployment(rollback.plan.memo.deployment);
    if (deployment === null) return failed('CodeDeploy no longer knows the deployment at fault');
    return rollback.plan.rungs[rollback.rung]?.name === STOP_DEPLOYMENT
      ? join(deployment, rollback, clients)
      : redeploy(deployment, since, rollback, clients);
  };
}

/** Writes nothing: Stop has requested the rollback, or CodeDeploy began it natively. */
function join(deployment: Deployment, { stopped }: OnRung<Memo>, { now }: Clients): RevertResult {
  const { id, status, rolledBackBy, rollbackMessage } = deployment;
  const isRequested =
    stopped?.state === 'reverting' && (isInFlight(deployment) || mayStillBeRolledBack(deployment, now()));
  if (rolledBackBy !== null || isRequested) return { state: 'joined', deployment: id };
  const says = rollbackMessage === '' ? '' : ` (${rollbackMessage})`;
  return failed(`the deployment is ${status}, and CodeDeploy does not roll it back${says}`);
}

/**
 * Deploys the wanted revision again. `deployedSince` recognises the deployment of an earlier try by its description.
 */
async function redeploy(
  deployment: Deployment,
  since: Since,
  { request, plan, execution, stopped }: OnRung<Memo>,
  { codedeploy, now }: Clients,
): Promise<RevertResult> {
  const { redeployment } = plan.memo;
  if (redeployment === null) return failed('the plan has no revision to deploy again');
  const before = await inTheWay(since, deployment, goesBackByItself(deployment, now()));
  if (before !== null) return clear(before, stopped, codedeploy);
  try {
    const started = await codedeploy.create(groupOf(request.target), redeployment, descriptionOf(execution));
    return { state: 'started', deployment: started };
  } catch (error) {
    if (isRefusedDeployment(error)) return failed(`${error.name}: ${error.message}`);
    // Another deployment has started since. The retry finds out which one.
    if (isNamed(error, 'DeploymentLimitExceededException'))
      throw new Unavailable(error.message, { cause: error });
    throw error;
  }
}

/**
 * Stops the deployment if Stop has not done so. AWS documents no duration; after its end, Settle reports that the new
 * deployment is due.
 */
async function clear(
  before: Deployment,
  stopped: OnRung<Memo>['stopped'],
  codedeploy: CodeDeploy,
): Promise<RevertResult> {
  const isStopped = stopped?.state === 'stopped' && stopped.deployment === before.id;
  try {
    if (isInFlight(before) && !isStopped) await codedeploy.stop(before.id, false);
  } catch (error) {
    if (!isNamed(error, 'DeploymentAlreadyCompletedException')) throw error;
  }
  return { state: 'started', deployment: before.id };
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
