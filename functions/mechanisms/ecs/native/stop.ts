import { isNamed } from '../../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../../src/rollback/document.ts';
import { Unavailable } from '../../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import type { Ecs, ServiceDeployment } from '../ecs.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import { isInFlight, isRollingBack } from '../status.ts';

/**
 * What ECS may answer where the deployment, or the hook that it waited at, has moved on since it was looked at. Which of
 * them a hook answers that waits no more is not documented: API_ContinueServiceDeployment lists no ConflictException.
 */
const TOO_LATE = [
  'ConflictException',
  'ServiceDeploymentNotFoundException',
  'InvalidParameterException',
  'ClientException',
];

/** Freezes the deployment at fault, and no other: one that came later may be the fix. */
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

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html */
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
    reason: `stopping it would not bring back ${to.name}; deploying that supersedes it`,
  };
}

/** The deployment after ECS said that it can no longer be stopped; if it looks as if it could, the error stands. */
async function movedOn(
  ecs: Ecs,
  { arn, pausedAtHook }: ServiceDeployment,
  error: Error,
): Promise<ServiceDeployment> {
  const deployment = await ecs.deployment(arn);
  if (deployment === null) throw error;
  if (!isInFlight(deployment.status)) return deployment;
  if (deployment.pausedAtHook === pausedAtHook) throw error;
  // Somebody let it go on: the retry stops it where it is now.
  throw new Unavailable(`deployment ${arn} has moved on since it was looked at`);
}
