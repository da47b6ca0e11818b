import { prospectOf, type Progress } from '../../../../src/rollback/progress.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { secondsBetween } from '../../../../src/rollback/time.ts';
import type { ObservedDeployment } from '../../../../src/targets/kind.ts';
import type { Ecs, Service } from '../ecs.ts';
import { isInFlight } from '../status.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import type { TaskSet, TaskSets } from '../task-sets/task-sets.ts';
import type { Tasks } from '../tasks/tasks.ts';
import { lastFailure, progressOf, tasksBeside } from './progress.ts';
import { rolloutSide, taskSetSide, type Side } from './side.ts';

export interface Reads {
  readonly ecs: Pick<Ecs, 'deployment'>;
  readonly taskSets: Pick<TaskSets, 'of'>;
  readonly tasks: Tasks;
  readonly now: () => Instant;
}

/** Deployments of ECS have no second try before that. */
const MIN_AGE_SECONDS = 60;

/** Capacity often arrives before that: a capacity provider of EC2 instances takes minutes. */
const UNPLACED_SECONDS = 600;

/**
 * Returns why the deployment in flight has stalled; null: it may progress, or there is none. A service at rest costs no
 * call after its description; a deployment in flight costs two to five.
 */
export async function stalledOf(
  name: ServiceName,
  service: Service,
  reads: Reads,
  sets?: readonly TaskSet[],
): Promise<ObservedDeployment | null> {
  const known = service.controller === 'ECS' ? [] : (sets ?? (await reads.taskSets.of(name)));
  const now = reads.now();
  const side = sideInFlight(service, known);
  if (side === null || isTooYoung(side, now)) return null;
  const tasks = await tasksBeside(side, name, reads.tasks);
  const progress = progressOf(side, service, tasks, now);
  if (!isOver(progress, side, now) || !(await mayBeInFlight(service, reads))) return null;
  return {
    target: `ecs:${name.cluster}/${name.service}`,
    deployment: side.id,
    state: 'stalled',
    at: lastFailure(side, tasks) ?? now,
    reason: inWords(progress),
  };
}

/** Returns the rollout that is in flight or may be; null: there is none. */
export function sideInFlight(service: Service, sets: readonly TaskSet[]): Side | null {
  return service.controller === 'ECS' ? rolloutSide(service) : taskSetSide(sets);
}

/** Says whether a rollout has not had the time for a second try. */
export function isTooYoung({ since }: Side, now: Instant): boolean {
  return secondsBetween(since, now) < MIN_AGE_SECONDS;
}

function isOver(progress: Progress, { since }: Side, now: Instant): boolean {
  const prospect = prospectOf(progress);
  if (prospect === 'unplaced') return secondsBetween(since, now) >= UNPLACED_SECONDS;
  return prospect === 'stalled';
}

/**
 * Returns false for ECS's own rollback. DescribeServices shows it as in progress too; the service deployment
 * distinguishes it.
 */
async function mayBeInFlight({ controller, currentDeployment }: Service, { ecs }: Reads): Promise<boolean> {
  if (controller !== 'ECS' || currentDeployment === null) return true;
  const current = await ecs.deployment(currentDeployment);
  return current === null || isInFlight(current.status);
}

function inWords({ failed, wanted, because, unplaced }: Progress): string {
  const what =
    unplaced === true
      ? `AWS could not place any of ${wanted} tasks`
      : `${failed} tasks failed and none of ${wanted} came up`;
  return because === '' ? what : `${what}: ${because}`;
}
