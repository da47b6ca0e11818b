import type { AutoRollbackEvent, DeploymentInfo, DeploymentStatus } from '@aws-sdk/client-codedeploy';
import type { Instant } from '../../rollback/request.ts';
import { secondsBetween } from '../../rollback/time.ts';

/** The part of a CodeDeploy deployment that decides about its native rollback. */
export interface Ending {
  readonly status: DeploymentStatus;
  readonly finishedAt: Instant | null;
  /** Id of the deployment that rolls this one back; null: none, or not known yet. */
  readonly rolledBackBy: string | null;
  /** CodeDeploy's message about its rollback; may be empty. */
  readonly rollbackMessage: string;
  /** True if its configuration answers this end with a rollback, which appears a few seconds later. */
  readonly isToBeRolledBack: boolean;
  /**
   * True if it failed, or if CodeDeploy stopped it (for an alarm, for example). False if a person or a tool stopped it.
   */
  readonly endedByItself: boolean;
}

/** Converts AWS's shape, in which every field may be missing. */
export function endingOf(info: DeploymentInfo): Ending {
  return {
    // The SDK's enumerations are as old as the SDK: an unknown status counts as in flight.
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

/** Says whether it is in flight. It still is while it waits before it terminates the original instances or tasks. */
export function isInFlight({ status }: Pick<Ending, 'status'>): boolean {
  return !OVER.includes(status);
}

/** How long after the end of a deployment its rollback may still appear. AWS documents no figure. */
const VISIBLE_WITHIN_SECONDS = 120;

/** Says whether it ended without success so recently that its rollback may still appear. */
export function mayStillBeRolledBack(
  { status, rolledBackBy, rollbackMessage, finishedAt }: Ending,
  now: Instant,
): boolean {
  if (status === 'Succeeded' || rolledBackBy !== null || rollbackMessage !== '' || finishedAt === null)
    return false;
  return secondsBetween(finishedAt, now) < VISIBLE_WITHIN_SECONDS;
}

/** Says whether CodeDeploy will roll it back by its configuration, and has not begun yet. */
export function isAboutToBeRolledBack(deployment: Ending, now: Instant): boolean {
  return deployment.isToBeRolledBack && mayStillBeRolledBack(deployment, now);
}

/** Says whether CodeDeploy is about to roll it back natively. Lastgood stops a deployment without a rollback. */
export function goesBackByItself(deployment: Ending, now: Instant): boolean {
  return deployment.endedByItself && isAboutToBeRolledBack(deployment, now);
}

interface Reads<D> {
  deployment(id: string): Promise<D | null>;
}

/** Returns CodeDeploy's rollback of a deployment, or null if there is none yet. */
export async function ownRollbackOf<D extends Ending>(
  codedeploy: Reads<D>,
  { rolledBackBy }: D,
): Promise<D | null> {
  return rolledBackBy === null ? null : codedeploy.deployment(rolledBackBy);
}

/**
 * Returns the deployment after which CodeDeploy accepts a new one, or null. CodeDeploy runs one deployment per group at
 * a time. It is the deployment at fault until it has ended and while its rollback is about to begin, or that rollback.
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
