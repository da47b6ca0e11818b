import { failuresToStall, type Progress } from '../../../../src/rollback/progress.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { isAfter, secondsBetween } from '../../../../src/rollback/time.ts';
import type { Service } from '../ecs.ts';
import { lastComplaint } from '../messages.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import { MAX_TASKS, type Task, type Tasks } from '../tasks/tasks.ts';
import type { Side } from './side.ts';

/**
 * Seconds after the grace period from which a task counts as up, whatever happens later. Health checks with the usual
 * settings have found an unhealthy one by then.
 */
const UP_SECONDS = 300;

/** Tolerance in seconds, because tasks of one kind fail at slightly different ages. */
const MARGIN_SECONDS = 30;

/**
 * Factor for the failures needed if the circuit breaker is on, because it decides first. It has missed tasks that ran
 * and exited. https://github.com/aws/containers-roadmap/issues/1206
 */
const BREAKER_FIRST = 2;

/** Reads the tasks for `progressOf`: two calls, or three if some of its tasks run. */
export function tasksBeside(side: Side, name: ServiceName, tasks: Tasks): Promise<readonly Task[]> {
  return side.running === 0 ? tasks.stopped(name) : tasks.all(name);
}

/** Counts how many tasks of a side start and fail. */
export function progressOf(side: Side, service: Service, tasks: readonly Task[], now: Instant): Progress {
  const own = tasks.filter(({ startedBy }) => startedBy === side.id);
  const upAfter = service.graceSeconds + UP_SECONDS;
  const failed = own.filter((task) => task.failure !== null && lifeOf(task, now) <= upAfter);
  const longest = Math.max(0, ...failed.map((task) => lifeOf(task, now)));
  const isUp = (task: Task) => runs(task) && lifeOf(task, now) > Math.min(longest + MARGIN_SECONDS, upAfter);
  return {
    of: 'tasks',
    wanted: side.wanted,
    up: own.filter(isUp).length,
    failed: Math.max(failed.length, side.failedTasks),
    enough: enoughFor(side, service),
    ...triesOf(failed),
    ...(hasNone(side, tasks) && { unplaced: true as const }),
    others: Math.max(0, service.running - side.running),
    because: failed.toSorted(newestFirst)[0]?.failure ?? lastComplaint(service, side.since) ?? '',
  };
}

/** Returns when the last of its tasks failed; null: none did. */
export function lastFailure(side: Side, tasks: readonly Task[]): Instant | null {
  const failed = tasks.filter(({ startedBy, failure }) => startedBy === side.id && failure !== null);
  return failed.toSorted(newestFirst)[0]?.stoppedAt ?? null;
}

/** Returns whether no task of it was launched, if the list of stopped tasks is complete. */
function hasNone({ id, pending, running }: Side, tasks: readonly Task[]): boolean {
  const isWhole = tasks.filter(({ stoppedAt }) => stoppedAt !== null).length < MAX_TASKS;
  return isWhole && pending + running === 0 && !tasks.some(({ startedBy }) => startedBy === id);
}

function enoughFor({ wanted }: Side, { breaker }: Service): number {
  return breaker === null
    ? failuresToStall(wanted)
    : Math.max(breaker * BREAKER_FIRST, failuresToStall(wanted));
}

function runs({ startedAt, stoppedAt, isUnhealthy }: Task): boolean {
  return startedAt !== null && stoppedAt === null && !isUnhealthy;
}

/** Returns for how many seconds it ran; 0: it never did. */
function lifeOf({ startedAt, stoppedAt }: Task, now: Instant): number {
  return startedAt === null ? 0 : Math.max(0, secondsBetween(startedAt, stoppedAt ?? now));
}

/** Counts tries: a task that was created after another had failed is another try. */
function triesOf(failed: readonly Task[]): Pick<Progress, 'retried' | 'failingSeconds'> {
  const ends = failed.flatMap(({ stoppedAt }) => stoppedAt ?? []).toSorted();
  const [first] = ends;
  const last = ends.at(-1);
  if (first === undefined || last === undefined) return { retried: false, failingSeconds: 0 };
  const retried = failed.some(({ createdAt }) => isAfter(createdAt, first));
  return { retried, failingSeconds: secondsBetween(first, last) };
}

function newestFirst(one: Task, other: Task): number {
  return Date.parse(other.stoppedAt ?? '') - Date.parse(one.stoppedAt ?? '');
}
