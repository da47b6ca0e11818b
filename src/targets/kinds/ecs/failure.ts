import type { Container as AwsContainer } from '@aws-sdk/client-ecs';

type Container = Pick<AwsContainer, 'name' | 'exitCode' | 'reason'>;

/** A stopped task, as DescribeTasks and its events show it. */
export interface Ended {
  readonly stopCode?: string | undefined;
  readonly stoppedReason?: string | undefined;
  readonly containers?: readonly Container[] | undefined;
}

/**
 * Returns why a task failed, in AWS's words, or null if it did not. Most tasks stop because a service scales in or is
 * deployed.
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
 * Says whether a task failed its health checks. Its stop code is that of a scale-in, so only the reason's text differs.
 * If AWS changes the text, this misses such failures, but never reports a scale-in as one.
 * Unknown: failed-health-check-sentence.
 */
function isSick(reason: string): boolean {
  return reason.startsWith('Task failed ');
}

const EXITED_WELL = 0;
/** Exit code after SIGTERM. A sidecar has it if it was stopped along with the container that exited. */
const TERMINATED = 143;
/** Exit code after SIGKILL: out of memory, or a sidecar that ignored SIGTERM. */
const KILLED = 137;

/** Returns how a container crashed. One that never ran has no exit code; one out of memory has any, and a reason. */
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
