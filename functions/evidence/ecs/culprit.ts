import type { Container } from '@aws-sdk/client-ecs';

/**
 * Exit codes of a container that ECS stopped: clean, or by SIGTERM (143) or SIGKILL (137), without a reason of its own.
 */
const EXIT_CODES_OF_STOP = [0, 143, 137];

/**
 * Returns the container that caused its task to stop; null if none is suspicious. It may not be the first in the
 * list, and the sidecars that stopped with it have exit codes too. A container that never started has no exit code. A
 * container out of memory says so in its reason, with any exit code.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Container.html
 */
export function culprit(containers: readonly Container[]): Container | null {
  const [found] = containers
    .filter((container) => suspicion(container) > 0)
    .toSorted((a, b) => suspicion(b) - suspicion(a));
  return found ?? null;
}

function suspicion({ reason, exitCode }: Container): number {
  if (reason !== undefined && reason !== '') return 3;
  if (exitCode === undefined) return 0;
  if (!EXIT_CODES_OF_STOP.includes(exitCode)) return 2;
  return exitCode === 137 ? 1 : 0;
}

/** Returns `container app: exit code 1, OutOfMemoryError: …` */
export function inWords({ name, reason, exitCode }: Container): string {
  const says = [exitCode === undefined ? '' : `exit code ${exitCode}`, reason ?? ''].filter(
    (part) => part !== '',
  );
  return `container ${name ?? '?'}: ${says.join(', ')}`;
}
