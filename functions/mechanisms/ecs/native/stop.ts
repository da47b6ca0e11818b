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

/**
 * Freezes the deployment at fault, and no other: a later one may be the fix. Does not read it first, because the request
 * itself is safe: ECS refuses it for a deployment that has ended, and where a rollback was requested already, that
 * continues.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
export function stopWith({
  ecs,
  now,
}: {
  readonly ecs: Ecs;
  readonly now: () => string;
}): Mechanism<Memo>['stop'] {
  return async ({ plan }) => {
    const { deployment: arn, hook = null } = plan.memo;
    if (plan.deployment?.state !== 'in-flight') return asItStands(await ecs.deployment(arn), now);
    if (plan.rungs[0].name !== STOP_DEPLOYMENT) return left(plan);
    const refusal = await refusalOf(rollBack(ecs, { arn, pausedAtHook: hook }));
    if (refusal === null) return { state: 'reverting', at: now(), deployment: arn };
    const deployment = await ecs.deployment(arn);
    if (deployment === null || !isInFlight(deployment.status)) return asItStands(deployment, now);
    if (deployment.pausedAtHook === hook) throw refusal;
    // It went on after a hook, or came to one.
    if ((await refusalOf(rollBack(ecs, deployment))) !== null)
      throw new Unavailable(`deployment ${arn} has moved on since it was read`);
    return { state: 'reverting', at: now(), deployment: arn };
  };
}

/**
 * Rolls back, at a hook by
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html
 */
async function rollBack(
  ecs: Ecs,
  { arn, pausedAtHook }: Pick<ServiceDeployment, 'arn' | 'pausedAtHook'>,
): Promise<void> {
  if (pausedAtHook === null) await ecs.stopDeployment(arn);
  else await ecs.rollBackAtHook(arn, pausedAtHook);
}

/** Returns ECS's answer that it is too late, or null. */
export async function refusalOf(writing: Promise<void>): Promise<Error | null> {
  try {
    await writing;
    return null;
  } catch (error) {
    if (isNamed(error, ...TOO_LATE)) return error;
    throw error;
  }
}

function asItStands(deployment: ServiceDeployment | null, now: () => string): Stopped {
  if (deployment === null) return { state: 'not-running' };
  const { arn, status } = deployment;
  if (isRollingBack(status)) return { state: 'reverting', at: now(), deployment: arn };
  if (status === 'STOP_REQUESTED') return { state: 'stopped', at: now(), deployment: arn };
  return { state: 'not-running' };
}

function left({ to, memo }: Planned<Memo>['plan']): Stopped {
  return {
    state: 'left-to-revert',
    deployment: memo.deployment,
    reason: `stopping it would not restore ${to.name}; deploying ${to.name} supersedes it`,
  };
}
