import type { Cause } from '../evidence.ts';
import { byLines, matching, triage, type Finder } from './finder.ts';
import type { Stop, Traces } from './traces.ts';
import { DENIED as DENIED_IN_LOG, deniedCall, NO_MEMORY, UNREACHED } from './words.ts';

/** Exit code of a container that was killed by SIGKILL. Where ECS stopped no task, the kernel killed it for its memory. */
const KILLED = 137;

/* The words of AWS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html */
const OUT_OF_MEMORY = /OutOfMemory|out of memory|memory usage/i;
const DENIED = /AccessDenied|not authorized to perform|unable to assume (?:the )?role/i;
const SECRET =
  /unable to (?:pull|retrieve) secret|fetch(?:ing)? secret|from (?:asm|ssm)|invalid ssm parameters/i;
const IMAGE = /CannotPull|pull(?:ing)? (?:image|container)|image manifest|registry auth/i;
const CAPACITY =
  /capacity is unavailable|insufficient capacity|unable to place a task|unable to stop or start tasks during a deployment/i;
const HEALTH_CHECK = /health ?checks?|is unhealthy in/i;

const FAILED_CHECKS = 'Tasks ran, and failed their health checks.';

/** Finders of what ECS says about tasks that could not start, in the order in which they count. */
export const taskStarts: readonly Finder[] = [
  byStops('out-of-memory', isOutOfMemory, killed),
  byStops('permission', says(DENIED), undenied),
  byStops('secret', says(SECRET), () => 'Tasks could not start: a secret or parameter could not be read.'),
  byStops('image-pull', says(IMAGE), () => 'Tasks could not start: an image could not be pulled.'),
  byStops('placement', says(CAPACITY), () => 'AWS had no room for tasks.'),
  byLines('placement', matching('complaints', CAPACITY), 'AWS could not place tasks.'),
];

/** Finders of why a container that started ended its task. */
export const taskCrashes: readonly Finder[] = [
  byLines('out-of-memory', inLogOfCrash(NO_MEMORY), 'A process ran out of memory.'),
  byLines('permission', inLogOfCrash(DENIED_IN_LOG), mayNot),
  byLines('dependency', inLogOfCrash(UNREACHED), 'The application could not reach a dependency.'),
  byStops('crash', isCrash, exited),
];

/** Finders of what ECS says about health checks. */
export const taskChecks: readonly Finder[] = [
  byStops('health-check', says(HEALTH_CHECK), () => FAILED_CHECKS),
  byLines('health-check', matching('complaints', HEALTH_CHECK), FAILED_CHECKS),
];

function byStops(cause: Cause, isIt: (stop: Stop) => boolean, sentence: (stop: Stop) => string): Finder {
  return ({ stops }) => {
    const found = stops.filter((stop) => stop.isAtFault && isIt(stop));
    const [first] = found;
    if (first === undefined) return null;
    const lines = found.map(({ line }) => line);
    return triage(cause, sentence(first), lines);
  };
}

/** A log counts as the reason of a crash only where a task crashed. */
function inLogOfCrash(pattern: RegExp): (traces: Traces) => readonly string[] {
  return (traces) =>
    traces.stops.some((stop) => stop.isAtFault && isCrash(stop)) ? matching('logs', pattern)(traces) : [];
}

/**
 * ECS sends SIGKILL to containers that outlast their stop timeout, so the exit code counts only where a container ended
 * its task.
 */
function isOutOfMemory(stop: Stop): boolean {
  const { code, containers } = stop;
  const isKilled =
    code === 'EssentialContainerExited' && containers.some(({ exitCode }) => exitCode === KILLED);
  return isKilled || says(OUT_OF_MEMORY)(stop);
}

function isCrash({ code, reason, containers }: Stop): boolean {
  const couldNotStart = [reason, ...containers.map((one) => one.reason)].some((text) =>
    /Cannot(?:Start|Create)Container/.test(text),
  );
  return code === 'EssentialContainerExited' || couldNotStart;
}

function says(pattern: RegExp): (stop: Stop) => boolean {
  return ({ reason, containers }) =>
    pattern.test(reason) || containers.some((container) => pattern.test(container.reason));
}

function killed({ containers }: Stop): string {
  const it = containers.find(({ exitCode, reason }) => exitCode === KILLED || OUT_OF_MEMORY.test(reason));
  return it === undefined ? 'A task ran out of memory.' : `Container ${it.name} ran out of memory.`;
}

function exited({ containers }: Stop): string {
  const it = containers.find(({ exitCode = 0 }) => exitCode !== 0);
  return it === undefined ? 'The application exits.' : `Container ${it.name} exits with code ${it.exitCode}.`;
}

/** Names the call that a role of the tasks may not make, as far as the reason does. */
function undenied({ reason, containers }: Stop): string {
  const texts = [reason, ...containers.map((one) => one.reason)];
  const action = texts.map(deniedCall).find((call) => call !== null);
  return `A role of the tasks lacks ${action ?? 'a permission'}, which their start needs.`;
}

function mayNot(line: string): string {
  return `The application exits, because its role lacks ${deniedCall(line) ?? 'a permission'}.`;
}
