import type { AutoRollbackEvent, DeploymentInfo, DeploymentStatus } from '@aws-sdk/client-codedeploy';
import type { Instant } from '../../rollback/request.ts';
import { secondsBetween } from '../../rollback/time.ts';

/** A deployment of CodeDeploy, as far as its rollback depends on it. */
export interface Ending {
  readonly status: DeploymentStatus;
  readonly finishedAt: Instant | null;
  /** Id of the deployment that takes this one back; null: none, or not known yet. */
  readonly rolledBackBy: string | null;
  /** What CodeDeploy says about its rollback; empty: nothing. */
  readonly rollbackMessage: string;
  /** It ended in a way that its configuration answers with a rollback; that is shown a few seconds later. */
  readonly isToBeRolledBack: boolean;
  /** It failed, or CodeDeploy stopped it, for an alarm say: nobody told it to end. */
  readonly endedByItself: boolean;
}

/** From AWS's shape, where everything may be missing, to ours, where nothing is. */
export function endingOf(info: DeploymentInfo): Ending {
  return {
    // The enumerations of the SDK are those of the day it was made: what AWS adds is taken to be under way.
    status: info.status ?? 'Created',
    finishedAt: info.completeTime?.toISOString() ?? null,
    rolledBackBy: info.rollbackInfo?.rollbackDeploymentId ?? null,
    rollbackMessage: info.rollbackInfo?.rollbackMessage ?? '',
    isToBeRolledBack: isToBeRolledBack(info),
    endedByItself: endedByItself(info),
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html */
function isToBeRolledBack({ status, errorInformation, autoRollbackConfiguration }: DeploymentInfo): boolean {
  const { enabled = false, events = [] } = autoRollbackConfiguration ?? {};
  const event = eventOf(status, errorInformation?.code);
  return enabled && event !== null && events.includes(event);
}

function eventOf(status: DeploymentInfo['status'], code: string | undefined): AutoRollbackEvent | null {
  if (status === 'Failed') return 'DEPLOYMENT_FAILURE';
  if (status !== 'Stopped') return null;
  return code === 'ALARM_ACTIVE' ? 'DEPLOYMENT_STOP_ON_ALARM' : 'DEPLOYMENT_STOP_ON_REQUEST';
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html */
function endedByItself({ status, errorInformation }: DeploymentInfo): boolean {
  const code = errorInformation?.code;
  return status === 'Failed' || (status === 'Stopped' && code !== undefined && code !== 'MANUAL_STOP');
}

const OVER: readonly DeploymentStatus[] = ['Succeeded', 'Failed', 'Stopped'];

/** Says whether it is under way: also while it waits before it terminates the original instances or tasks. */
export function isInFlight({ status }: Pick<Ending, 'status'>): boolean {
  return !OVER.includes(status);
}

/** From the end of a deployment until its rollback is to be seen. AWS gives no figure; after that none is waited for. */
const SEEN_WITHIN_SECONDS = 120;

/** Says whether it ended without success so short a time ago that its rollback may only not be there yet. */
export function mayStillBeRolledBack(
  { status, rolledBackBy, rollbackMessage, finishedAt }: Ending,
  now: Instant,
): boolean {
  if (status === 'Succeeded' || rolledBackBy !== null || rollbackMessage !== '' || finishedAt === null)
    return false;
  return secondsBetween(finishedAt, now) < SEEN_WITHIN_SECONDS;
}

/** Says whether CodeDeploy takes it back by its configuration, and only has not begun yet. */
export function isAboutToBeRolledBack(deployment: Ending, now: Instant): boolean {
  return deployment.isToBeRolledBack && mayStillBeRolledBack(deployment, now);
}

/** Says whether its rollback is about to begin without anybody's word. What we stopped was told not to go back. */
export function goesBackByItself(deployment: Ending, now: Instant): boolean {
  return deployment.endedByItself && isAboutToBeRolledBack(deployment, now);
}

interface Reads<D> {
  deployment(id: string): Promise<D | null>;
}

/** Returns CodeDeploy's rollback of a deployment; null: there is none, or none yet. */
export async function ownRollbackOf<D extends Ending>(
  codedeploy: Reads<D>,
  { rolledBackBy }: D,
): Promise<D | null> {
  return rolledBackBy === null ? null : codedeploy.deployment(rolledBackBy);
}

/**
 * Returns what stands in the way of a deployment of ours, for CodeDeploy deploys one thing at a time: the deployment at
 * fault until it has ended and while its rollback is about to begin, or that rollback. Null: nothing.
 */
export async function inTheWay<D extends Ending>(
  codedeploy: Reads<D>,
  deployment: D,
  isAboutToGoBack: boolean,
): Promise<D | null> {
  if (isInFlight(deployment) || isAboutToGoBack) return deployment;
  const rollback = await ownRollbackOf(codedeploy, deployment);
  return rollback !== null && isInFlight(rollback) ? rollback : null;
}
