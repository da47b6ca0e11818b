import { countFailure } from '../circuit-breaker.ts';
import type { EcsState } from '../state.ts';
import { isProven } from './health.ts';
import { finishTask } from './stop.ts';
import type { Task, TaskContainer } from './task.ts';

/** Exits a container in time, if its behaviour says so. */
export function exitLater(ecs: EcsState, task: Task, container: TaskContainer): void {
  const after = container.behaviour?.exitsAfterSeconds;
  if (after === undefined) return;
  ecs.surroundings.clock.after(after * 1000, () => {
    if (task.lastStatus === 'RUNNING') exit(ecs, task, container);
  });
}

/**
 * Counts a task as failed if its essential container exits before it was ever healthy. A task that was healthy does not
 * count: https://github.com/aws/containers-roadmap/issues/1206
 */
function exit(ecs: EcsState, task: Task, container: TaskContainer): void {
  container.exitCode = container.behaviour?.exitCode ?? 0;
  const reason = container.behaviour?.exitReason;
  if (reason !== undefined) container.reason = reason;
  if (!container.essential) return;
  const failed = !isProven(ecs, task);
  finishTask(ecs, task, 'EssentialContainerExited', 'Essential container in task exited');
  if (failed) countFailure(task.service, task.rollout);
}
