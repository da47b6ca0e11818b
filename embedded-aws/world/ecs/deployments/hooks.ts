import { invalid } from '../errors.ts';
import type { Hook, ServiceDeployment, Stage } from '../model.ts';
import { now, type EcsState } from '../state.ts';

const DEFAULT_TIMEOUT_MINUTES = 1440;

/**
 * Opens the PAUSE hooks of a stage. The deployment waits there for ContinueServiceDeployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html
 */
export function holdAt(ecs: EcsState, deployment: ServiceDeployment, stage: Stage): void {
  for (const { lifecycleStages, timeoutConfiguration } of deployment.configuration.lifecycleHooks ?? []) {
    if (!lifecycleStages?.some((one) => one === stage)) continue;
    const minutes = timeoutConfiguration?.timeoutInMinutes ?? DEFAULT_TIMEOUT_MINUTES;
    deployment.hooks.push({
      id: ecs.ids.uuid(),
      stage,
      expiresAt: new Date(now(ecs).getTime() + minutes * 60_000),
      timeoutAction: timeoutConfiguration?.action ?? 'ROLLBACK',
      status: 'AWAITING_ACTION',
    });
  }
}

/** Returns whether a hook still waits. A hook that times out takes its timeout action. */
export function isHeld(ecs: EcsState, deployment: ServiceDeployment): boolean {
  for (const hook of deployment.hooks) {
    if (hook.status === 'AWAITING_ACTION' && now(ecs) >= hook.expiresAt) {
      hook.status = 'TIMED_OUT';
      if (hook.timeoutAction === 'ROLLBACK') askForRollback(ecs, deployment, 'hook');
    }
  }
  return (
    deployment.status === 'ROLLBACK_REQUESTED' ||
    deployment.hooks.some(({ status }) => status === 'AWAITING_ACTION')
  );
}

/**
 * Answers a hook. A rollback by a hook works like a stop request. AWS does not document the error for a hook that no
 * longer waits. Of the operation's errors, only InvalidParameterException fits.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html
 * @throws AwsError InvalidParameterException for an unknown hook and for one that waits no more
 */
export function answerHook(
  ecs: EcsState,
  deployment: ServiceDeployment,
  { hookId, action }: { readonly hookId: string; readonly action: 'CONTINUE' | 'ROLLBACK' },
): void {
  const hook: Hook | undefined = deployment.hooks.find(({ id }) => id === hookId);
  if (hook === undefined)
    throw invalid(`The lifecycle hook ${hookId} does not belong to this service deployment.`);
  if (hook.status !== 'AWAITING_ACTION') throw invalid(`The lifecycle hook ${hookId} is ${hook.status}.`);
  hook.status = action === 'CONTINUE' ? 'SUCCEEDED' : 'FAILED';
  if (action === 'ROLLBACK') askForRollback(ecs, deployment, 'hook');
}

/** Requests the rollback; the scheduler begins it at its next look. */
export function askForRollback(ecs: EcsState, deployment: ServiceDeployment, fault: 'user' | 'hook'): void {
  deployment.status = 'ROLLBACK_REQUESTED';
  deployment.rollbackAsked = fault;
  deployment.updatedAt = now(ecs);
}
