import { descriptionOf } from '../../../src/aws/code-deploy/description.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { profileOf } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig } from './appconfig.ts';
import { inTheWay } from './choice.ts';
import type { Memo } from './memo.ts';
import { whyUndone, type AlarmStates } from './monitors.ts';
import { deployedSince, type Since } from './newer.ts';
import { revisionIn } from './revision.ts';
import { REDEPLOY, REVERT } from './rungs.ts';
import { isComplete, isGoingBack, isInFlight, isOpen, wentBack } from './states.ts';

interface Clients {
  readonly appconfig: AppConfig;
  readonly alarmStates: AlarmStates;
}

/** Starts the way back, unless another deployment of the profile came since the plan: that one stays. */
export function revertWith(clients: Clients): Mechanism<Memo>['revert'] {
  return async (rollback) => {
    const since = await deployedSince(clients.appconfig, rollback);
    if (since === null) return failed('the environment, or the deployment at fault, is gone');
    const { earlier, other } = since;
    if (earlier !== null) return { state: 'started', deployment: String(earlier.number) };
    if (other !== null) return failed(`a newer deployment took over: ${other.number}`);
    return rollback.plan.rungs[rollback.rung]?.name === REDEPLOY
      ? redeploy(since, rollback, clients)
      : goBack(since, rollback, clients);
  };
}

/**
 * Stops or reverts the planned deployment, in one call. A deployment that has completed since the plan is reverted too.
 * If it went back already, Stop, an earlier try, a monitor or an operator did it.
 */
async function goBack(
  { planned }: Since,
  { request, plan, rung }: OnRung<Memo>,
  { appconfig }: Clients,
): Promise<RevertResult> {
  const deployment = String(planned.number);
  const name = profileOf(request.target);
  const isReverted = plan.rungs[rung]?.name === REVERT;
  if (isGoingBack(planned) || wentBack(planned))
    return { state: isReverted ? 'started' : 'joined', deployment };
  if (!isInFlight(planned) && !isComplete(planned))
    return failed(`deployment ${deployment} is ${planned.state}`);
  try {
    await appconfig.stop(name, planned.number);
  } catch (error) {
    // An earlier try may have done it, and the list shows it late.
    const details = isNamed(error, 'BadRequestException')
      ? await appconfig.details(name, planned.number)
      : null;
    if (details === null || !wentBack(details)) return refused(error);
  }
  return { state: isReverted ? 'started' : 'joined', deployment };
}

/**
 * Deploys the wanted version again, if no monitor would undo it. The environment's latest deployment is the lock of the
 * write. `deployedSince` recognises the deployment of an earlier try by its description.
 */
async function redeploy(
  since: Since,
  { request, plan, execution, rung }: OnRung<Memo>,
  { appconfig, alarmStates }: Clients,
): Promise<RevertResult> {
  const { latest, planned, own } = since;
  const name = profileOf(request.target);
  if (isOpen(planned)) return clear(since, request.target, appconfig);
  if (own.find(isComplete)?.version === plan.to.id)
    return { state: 'joined', deployment: String(planned.number) };
  if (rung === 0 && wentBack(planned) && wasComplete(plan)) return failed(takenBack(since));
  // The stop freed the environment, and another profile was faster. Settle waits for the end of its deployment.
  if (isOpen(latest))
    return wentBack(planned)
      ? { state: 'started', deployment: String(planned.number) }
      : failed(inTheWay(latest));
  const environment = await appconfig.environment(name);
  const monitors = environment?.monitors ?? plan.memo.monitors;
  const undone = whyUndone(monitors, await alarmStates(monitors));
  if (undone !== null) return failed(undone);
  try {
    const started = await appconfig.start(name, plan.to.id, latest.number, descriptionOf(execution));
    return { state: 'started', deployment: String(started) };
  } catch (error) {
    // Another deployment has started since. The retry finds out which one.
    if (isNamed(error, 'ConflictException')) throw new Unavailable(error.message, { cause: error });
    return refused(error);
  }
}

/** Says whether the planned deployment was complete. Only an operator takes such a one back, and an earlier rung. */
function wasComplete({ memo: { number }, deployment }: OnRung<Memo>['plan']): boolean {
  return deployment?.id === String(number) && deployment.state === 'completed';
}

function takenBack({ planned: { number }, own }: Since): string {
  const stands = own.find(isComplete);
  const now = stands === undefined ? '' : `: ${revisionIn(stands).name} runs`;
  return `deployment ${number} was taken back after the plan was made${now}`;
}

/** Stops the planned deployment if Stop has not done so. After its end, Settle reports that the new one is due. */
async function clear(
  { planned }: Since,
  target: string,
  appconfig: Pick<AppConfig, 'stop'>,
): Promise<RevertResult> {
  try {
    if (isInFlight(planned)) await appconfig.stop(profileOf(target), planned.number);
  } catch (error) {
    return refused(error);
  }
  return { state: 'started', deployment: String(planned.number) };
}

function refused(error: unknown): RevertResult {
  if (isNamed(error, 'BadRequestException', 'ResourceNotFoundException'))
    return failed(`${error.name}: ${error.message}`);
  throw error;
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
