import type { Cause, Triage } from './evidence.ts';

/** A task that stopped. */
export interface Stop {
  /** It ran the revision at fault. */
  readonly isAtFault: boolean;
  /** The stop code of ECS: `EssentialContainerExited`; empty: none. */
  readonly code: string;
  readonly reason: string;
  readonly containers: readonly StoppedContainer[];
  /** The line of the evidence that shows it. */
  readonly line: string;
}

export interface StoppedContainer {
  readonly name: string;
  /** Absent: it never started. */
  readonly exitCode?: number;
  readonly reason: string;
}

/** What the sources of evidence found, as far as triage reads it. */
export interface Traces {
  readonly stops: readonly Stop[];
  /** Messages of the scheduler of ECS that are not routine, since the release began. */
  readonly complaints: readonly string[];
  /** Targets that a load balancer calls unhealthy, one line each. */
  readonly unhealthy: readonly string[];
  /** The last log lines of the revision at fault. */
  readonly logs: readonly string[];
  /** The desired count before the release and since; null: unknown. */
  readonly count: { readonly before: number; readonly now: number } | null;
}

export const NO_TRACES: Traces = { stops: [], complaints: [], unhealthy: [], logs: [], count: null };

const MAX_REASONS = 3;

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

/* The words of runtimes in a log. */
const MEMORY_IN_LOG = /OutOfMemoryError|heap out of memory|MemoryError\b|Cannot allocate memory|OOMKilled/;
const DEPENDENCY_IN_LOG =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|connection refused|connection timed out|could not connect|no route to host|name or service not known|UnknownHostException|no such host|connection pool (?:exhausted|timeout)|i\/o timeout/i;

/**
 * Returns the likely cause of the harm, the first that the traces name. A cause that names a part of the release comes
 * before one that only names its effect: a container out of memory also fails its health checks.
 */
export function triageOf(traces: Traces): Triage {
  for (const find of FINDERS) {
    const found = find(traces);
    if (found !== null) return found;
  }
  return { cause: 'unknown', says: 'Nothing that was found names a cause.', because: [] };
}

type Finder = (traces: Traces) => Triage | null;

const FINDERS: readonly Finder[] = [
  byStops('out-of-memory', isOutOfMemory, killed),
  byStops('permission', says(DENIED), undenied),
  byStops('secret', says(SECRET), () => 'Tasks could not start: a secret or parameter could not be read.'),
  byStops('image-pull', says(IMAGE), () => 'Tasks could not start: an image could not be pulled.'),
  byStops('placement', says(CAPACITY), () => 'AWS had no room for tasks.'),
  byLines('placement', complaintsOf(CAPACITY), 'AWS could not place tasks.'),
  ({ stops, logs }) =>
    crashes(stops).length === 0
      ? null
      : inLog('out-of-memory', logs, MEMORY_IN_LOG, 'A process ran out of memory.'),
  ({ stops, logs }) => (crashes(stops).length === 0 ? null : unreached(logs)),
  byStops('crash', isCrash, exited),
  byCount,
  ({ logs }) => unreached(logs),
  byStops('health-check', says(HEALTH_CHECK), () => 'Tasks ran, and failed their health checks.'),
  byLines('health-check', complaintsOf(HEALTH_CHECK), 'Tasks ran, and failed their health checks.'),
  byLines('health-check', ({ unhealthy }) => unhealthy, 'Targets failed their health checks.'),
];

function byStops(cause: Cause, isIt: (stop: Stop) => boolean, sentence: (stop: Stop) => string): Finder {
  return ({ stops }) => {
    const found = stops.filter((stop) => stop.isAtFault && isIt(stop));
    const [first] = found;
    return first === undefined
      ? null
      : triage(
          cause,
          sentence(first),
          found.map(({ line }) => line),
        );
  };
}

function byLines(cause: Cause, linesOf: (traces: Traces) => readonly string[], sentence: string): Finder {
  return (traces) => {
    const lines = linesOf(traces);
    return lines.length === 0 ? null : triage(cause, sentence, lines);
  };
}

function complaintsOf(pattern: RegExp): (traces: Traces) => readonly string[] {
  return ({ complaints }) => complaints.filter((line) => pattern.test(line));
}

/** A lower count is a cause only if it was at least halved. Any lower count is a companion. */
function byCount({ count }: Traces): Triage | null {
  if (count === null || count.now * 2 > count.before) return null;
  const sentence = `The release lowered the desired count from ${count.before} to ${count.now}.`;
  return triage('count-changed', sentence, [`desired count: ${count.before} → ${count.now}`]);
}

function unreached(logs: readonly string[]): Triage | null {
  return inLog('dependency', logs, DEPENDENCY_IN_LOG, 'The application could not reach a dependency.');
}

function inLog(cause: Cause, logs: readonly string[], pattern: RegExp, sentence: string): Triage | null {
  const lines = logs.filter((line) => pattern.test(line));
  return lines.length === 0 ? null : triage(cause, sentence, lines);
}

function triage(cause: Cause, sentence: string, lines: readonly string[]): Triage {
  return { cause, says: sentence, because: [...new Set(lines)].slice(0, MAX_REASONS) };
}

function crashes(stops: readonly Stop[]): readonly Stop[] {
  return stops.filter((stop) => stop.isAtFault && isCrash(stop));
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
  const action = texts.flatMap((text) => /perform: ([\w:-]+)/.exec(text)?.[1] ?? [])[0];
  return `A role of the tasks lacks ${action ?? 'a permission'}, which their start needs.`;
}
