import { isNamed } from '../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { readDetails } from './details.ts';
import type { Ecs, ServiceDeployment } from './ecs.ts';
import { STOP_DEPLOYMENT } from './rungs.ts';
import { isInFlight, isRollingBack } from './status.ts';

/** Freezes the deployment at fault, and no other: one that came later may be the fix. */
export function stopWith({ ecs, now }: { readonly ecs: Ecs; readonly now: () => string }): Mechanism['stop'] {
  return async ({ plan }) => {
    const deployment = await ecs.deployment(readDetails(plan).deployment);
    if (deployment === null) return { state: 'not-running' };
    if (!isInFlight(deployment.status)) return asItStands(deployment, now);
    if (plan.rungs[0].name !== STOP_DEPLOYMENT) return left(plan, deployment);
    try {
      await rollBack(ecs, deployment);
    } catch (error) {
      if (!isNamed(error, 'ConflictException', 'ServiceDeploymentNotFoundException')) throw error;
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

function left({ to }: Planned['plan'], { arn }: ServiceDeployment): Stopped {
  return {
    state: 'left-to-revert',
    deployment: arn,
    reason: `stopping it would not bring back ${to.name}; deploying that supersedes it`,
  };
}

/** The deployment after ECS said that it can no longer be stopped; if it looks as if it could, the error stands. */
async function movedOn(ecs: Ecs, { arn }: ServiceDeployment, error: Error): Promise<ServiceDeployment> {
  const deployment = await ecs.deployment(arn);
  if (deployment === null || isInFlight(deployment.status)) throw error;
  return deployment;
}
