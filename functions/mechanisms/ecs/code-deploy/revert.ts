import { isAboutToGoBack } from './own-rollback.ts';
import { inTheWay, isInFlight } from '../../../../src/aws/code-deploy/own-rollback.ts';
import { isNamed } from '../../../../src/aws/errors.ts';
import { isRefusedDeployment } from '../../../../src/aws/refused-deployment.ts';
import type { OnRung } from '../../../../src/rollback/document.ts';
import type { RevertResult } from '../../../../src/rollback/mechanism.ts';
import { Unavailable } from '../../../../src/rollback/errors.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import type { Clients } from './clients.ts';
import type { CodeDeployment } from './code-deploy.ts';
import type { Memo } from './memo.ts';
import { leftBeside } from './left-over.ts';
import { deploymentsSince } from './newer.ts';
import { descriptionOf } from '../../../../src/aws/code-deploy/description.ts';

type Writers = Pick<Clients, 'taskSets' | 'codeDeploy' | 'now'>;

export function revertWith(clients: Writers): (rollback: OnRung<Memo>) => Promise<RevertResult> {
  return (rollback) =>
    rollback.plan.rungs[rollback.rung]?.name === STOP_DEPLOYMENT
      ? join(rollback, clients.codeDeploy)
      : redeploy(rollback, clients);
}

/** Writes nothing: Stop has requested the rollback, or CodeDeploy began it natively. */
async function join(
  { plan, stopped }: OnRung<Memo>,
  codeDeploy: Clients['codeDeploy'],
): Promise<RevertResult> {
  const { deployment: id } = plan.memo;
  // Its own rollback is a separate deployment, whose id it shows a little later.
  if (stopped?.state === 'reverting') return { state: 'joined', deployment: id };
  const { newer, atFault } = await deploymentsSince(codeDeploy, plan);
  if (atFault === null) return { state: 'failed', reason: `CodeDeploy no longer knows deployment ${id}` };
  const [other] = newer;
  if (other !== undefined) return { state: 'failed', reason: `a newer deployment took over: ${other.id}` };
  if (atFault.rolledBackBy !== null) return { state: 'joined', deployment: id };
  return {
    state: 'failed',
    reason: `the deployment is ${atFault.status}: CodeDeploy does not roll it back`,
  };
}

/** Deploys the wanted revision again, if no earlier try has. Any other newer deployment may be the fix, and stays. */
async function redeploy(
  rollback: OnRung<Memo>,
  { taskSets, codeDeploy, now }: Writers,
): Promise<RevertResult> {
  const { request, plan, execution, stopped } = rollback;
  const { group, revision } = plan.memo;
  const description = descriptionOf(execution);
  const since = await deploymentsSince(codeDeploy, plan);
  const earlier = since.newer.find((one) => one.description === description);
  if (earlier !== undefined) return { state: 'started', deployment: earlier.id };
  const [other] = since.newer;
  if (other !== undefined) return { state: 'failed', reason: `a newer deployment took over: ${other.id}` };
  if (revision === null) return { state: 'failed', reason: 'the plan has no AppSpec file to deploy' };
  const { atFault } = since;
  const before =
    atFault === null ? null : await inTheWay(since, atFault, isAboutToGoBack(atFault, stopped, now()));
  if (before !== null) return clear(before, rollback, codeDeploy);
  const left = leftBeside(await taskSets.of(serviceOf(request.target)), plan.to.id);
  if (left !== null) return { state: 'failed', reason: left };
  try {
    return { state: 'started', deployment: await codeDeploy.deploy(group, revision, description) };
  } catch (error) {
    if (isRefusedDeployment(error)) return { state: 'failed', reason: `${error.name}: ${error.message}` };
    if (isNamed(error, 'DeploymentLimitExceededException')) throw await stillBusy(plan, codeDeploy, error);
    throw error;
  }
}

/**
 * Waits for a rollback to another revision, because stopping it half-way leaves tasks behind (ADR 16). Stops a
 * deployment of the wanted revision that exceeded its time. AWS documents no duration; after its end, Settle reports
 * that the new deployment is due.
 */
async function clear(
  before: CodeDeployment,
  { plan }: OnRung<Memo>,
  codeDeploy: Clients['codeDeploy'],
): Promise<RevertResult> {
  const hasFailed = plan.rungs[0].name === STOP_DEPLOYMENT;
  try {
    if (isInFlight(before) && hasFailed) await codeDeploy.stop(before.id, false);
  } catch (error) {
    if (!isNamed(error, 'DeploymentAlreadyCompletedException')) throw error;
  }
  return { state: 'started', deployment: before.id };
}

/** Handles the limit of one deployment per group: another one may have started since. The retry finds out which one. */
async function stillBusy(
  plan: OnRung<Memo>['plan'],
  codeDeploy: Clients['codeDeploy'],
  error: Error,
): Promise<Error> {
  const [newest] = await codeDeploy.deployments(plan.memo.group);
  const isEnding = newest !== undefined && isInFlight(newest);
  return isEnding ? new Unavailable(`deployment ${newest.id} has not ended yet: ${error.message}`) : error;
}
