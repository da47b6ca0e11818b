import type { Container } from '@aws-sdk/client-ecs';

/** How containers end that were only told to: cleanly, or by SIGTERM (143) or SIGKILL (137) without a reason of their own. */
const TOLD_TO_STOP = [0, 143, 137];

/**
 * The container that took its task down, in words; null when none stands out. It need not be the first in the list, and
 * the sidecars that went down with it have exit codes too. A container that never started has no exit code, and one
 * that ran out of memory says so in its reason, whatever its exit code.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Container.html
 */
export function culprit(containers: readonly Container[]): string | null {
  const [found] = containers
    .filter((container) => suspicion(container) > 0)
    .toSorted((a, b) => suspicion(b) - suspicion(a));
  return found === undefined ? null : words(found);
}

function suspicion({ reason, exitCode }: Container): number {
  if (reason !== undefined && reason !== '') return 3;
  if (exitCode === undefined) return 0;
  if (!TOLD_TO_STOP.includes(exitCode)) return 2;
  return exitCode === 137 ? 1 : 0;
}

function words({ name, reason, exitCode }: Container): string {
  const says = [exitCode === undefined ? '' : `exit code ${exitCode}`, reason ?? ''].filter(
    (part) => part !== '',
  );
  return `container ${name ?? '?'}: ${says.join(', ')}`;
}
