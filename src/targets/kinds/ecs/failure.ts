import type { Container as AwsContainer } from '@aws-sdk/client-ecs';

type Container = Pick<AwsContainer, 'name' | 'exitCode' | 'reason'>;

/** A task as DescribeTasks and its events show it. */
export interface Ended {
  readonly stopCode?: string | undefined;
  readonly stoppedReason?: string | undefined;
  readonly containers?: readonly Container[] | undefined;
}

/**
 * Returns why a task failed, in AWS's words; null: it did not. Most tasks stop because a service scales in or is deployed.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function failureOf({ stopCode, stoppedReason = '', containers = [] }: Ended): string | null {
  switch (stopCode) {
    case 'TaskFailedToStart':
      return stoppedReason === '' ? stopCode : stoppedReason;
    case 'EssentialContainerExited':
      return crashOf(containers);
    case 'ServiceSchedulerInitiated':
      return isSick(stoppedReason) ? stoppedReason : null;
    default:
      return null;
  }
}

/**
 * The stop code of a task that failed its health checks is that of a scale-in: only the sentence differs. If AWS words it
 * anew, such a failure is missed, and no scale-in is taken for one.
 */
function isSick(reason: string): boolean {
  return reason.startsWith('Task failed ');
}

const EXITED_WELL = 0;
/** Exit code after SIGTERM: sidecars have it that were stopped with the container that exited. */
const TERMINATED = 143;
/** Exit code after SIGKILL: of memory that ran out, or of a sidecar that did not heed SIGTERM. */
const KILLED = 137;

/** A container that never ran has no exit code. One that ran out of memory may have any; its reason says so. */
function crashOf(containers: readonly Container[]): string | null {
  const isDone = containers.some(({ exitCode }) => exitCode === EXITED_WELL);
  const culprit =
    containers.find(({ reason }) => reason !== undefined && reason !== '') ??
    containers.find(({ exitCode = EXITED_WELL }) => ![EXITED_WELL, TERMINATED, KILLED].includes(exitCode)) ??
    containers.find(({ exitCode }) => exitCode === KILLED && !isDone);
  if (culprit === undefined) return null;
  const { name = '?', exitCode, reason } = culprit;
  const says = [exitCode === undefined ? '' : `exit code ${exitCode}`, reason ?? ''].filter(
    (part) => part !== '',
  );
  return `container ${name}: ${says.join(', ')}`;
}
