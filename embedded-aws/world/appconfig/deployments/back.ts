import type { TriggeredBy } from '@aws-sdk/client-appconfig';
import { badRequest } from '../errors.ts';
import { emitDeployment } from '../events.ts';
import type { Deployment } from '../model.ts';
import { now, standing, type AppConfigState } from '../state.ts';
import { note } from './log.ts';

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-deploying-reverting.html */
const REVERTABLE_HOURS = 72;

/** Minimum and maximum seconds from ROLLING_BACK to ROLLED_BACK. AWS gives no figure. */
const ROLLING_BACK_SECONDS = [2, 10] as const;

export function isInFlight({ state }: Deployment): boolean {
  return state === 'VALIDATING' || state === 'DEPLOYING' || state === 'BAKING';
}

/** Rolls back a deployment in flight. Clients get the version before at their next poll. */
export function rollBack(
  state: AppConfigState,
  deployment: Deployment,
  by: TriggeredBy,
  description: string,
): void {
  deployment.state = 'ROLLING_BACK';
  deployment.percent = 0;
  note(state, deployment, 'ROLLBACK_STARTED', by, description);
  state.surroundings.clock.after(1000 * state.chance.between(...ROLLING_BACK_SECONDS), () => {
    deployment.state = 'ROLLED_BACK';
    note(state, deployment, 'ROLLBACK_COMPLETED', by, description);
    emitDeployment(state, deployment, 'Rollback');
  });
}

/**
 * Stops a deployment in flight, or reverts a completed one. Monitors are ignored.
 * https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_StopDeployment.html
 * @throws AwsError BadRequestException
 */
export function stop(state: AppConfigState, deployment: Deployment, allowRevert: boolean): void {
  if (isInFlight(deployment)) rollBack(state, deployment, 'USER', 'Deployment stopped by a user');
  else if (deployment.state === 'ROLLING_BACK') return;
  else revert(state, deployment, allowRevert);
}

/**
 * Assumed: only the newest completed deployment of its profile can be reverted, and only where one came before it.
 * Unknown: appconfig-revert-older.
 */
function revert(state: AppConfigState, deployment: Deployment, allowRevert: boolean): void {
  const { environment, profile, completedAt, number } = deployment;
  if (deployment.state !== 'COMPLETE' || completedAt === null)
    throw badRequest(`Deployment ${number} is ${deployment.state} and cannot be stopped.`);
  if (!allowRevert) throw badRequest(`Deployment ${number} is complete: it can only be reverted.`);
  if (now(state) > completedAt + REVERTABLE_HOURS * 3_600_000)
    throw badRequest(`Deployment ${number} completed more than ${REVERTABLE_HOURS} hours ago.`);
  if (standing(environment, profile) !== deployment)
    throw badRequest(`Deployment ${number} is not the latest one of its configuration profile.`);
  deployment.state = 'REVERTED';
  if (standing(environment, profile) === null) {
    deployment.state = 'COMPLETE';
    throw badRequest(`No configuration was deployed before deployment ${number}.`);
  }
  note(state, deployment, 'REVERT_COMPLETED', 'USER', 'Deployment reverted by a user');
}
