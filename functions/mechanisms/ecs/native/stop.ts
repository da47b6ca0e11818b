import { isNamed } from '../../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../../src/rollback/document.ts';
import { Unavailable } from '../../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import type { Ecs, ServiceDeployment } from '../ecs.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import { isInFlight, isRollingBack } from '../status.ts';

/**
 * Errors which mean that the deployment, or its waiting hook, has moved on since it was read. AWS does not document the
 * error of a hook that no longer waits: API_ContinueServiceDeployment lists no ConflictException.
 */
const TOO_LATE = [
  'ConflictException',
  'ServiceDeploymentNotFoundException',
  'InvalidParameterException',
  'ClientException',
];

/** Freezes the deployment at fault, and no other: a later one may be the fix. */
export function stopWith({
  ecs,
  now,
}: {
  readonly ecs: Ecs;
  readonly now: () => string;
}): Mechanism<Memo>['stop'] {
  return async ({ plan }) => {
    const deployment = await ecs.deployment(plan.memo.deployment);
    if (deployment === null) return { state: 'not-running' };
    if (!isInFlight(deployment.status)) return asItStands(deployment, now);
    if (plan.rungs[0].name !== STOP_DEPLOYMENT) return left(plan, deployment);
    try {
      await rollBack(ecs, deployment);
    } catch (error) {
      if (!isNamed(error, ...TOO_LATE)) throw error;
      return asItStands(await movedOn(ecs, deployment, error), now);
    }
    return { state: 'reverting', at: now(), deployment: deployment.arn };
  };
}

/**
 * Rolls back, at a hook by
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html
 */
async function rollBack(ecs: Ecs, { arn, pausedAtHook }: ServiceDeployment): Promise<void> {
  if (pausedAtHook === null) await ecs.stopDeployment(arn);
  else await ecs.rollBackAtHook(arn, pausedAtHook);
}

function asItStands({ arn, status }: ServiceDeployment, now: () => string): Stopped {
  if (isRollingBack(status)) return { state: 'reverting', at: now(), deployment: arn };
  if (status === 'STOP_REQUESTED') return { state: 'stopped', at: now(), deployment: arn };
  return { state: 'not-running' };
}

function left({ to }: Planned<Memo>['plan'], { arn }: ServiceDeployment): Stopped {
  return {
    state: 'left-to-revert',
    deployment: arn,
    reason: `stopping it would not restore ${to.name}; deploying ${to.name} supersedes it`,
  };
}

/** Reads the deployment after ECS refused to stop it. If it still seems stoppable, throws the error. */
async function movedOn(
  ecs: Ecs,
  { arn, pausedAtHook }: ServiceDeployment,
  error: Error,
): Promise<ServiceDeployment> {
  const deployment = await ecs.deployment(arn);
  if (deployment === null) throw error;
  if (!isInFlight(deployment.status)) return deployment;
  if (deployment.pausedAtHook === pausedAtHook) throw error;
  // It continued after its hook. The retry stops it at its present stage.
  throw new Unavailable(`deployment ${arn} has moved on since it was read`);
}
