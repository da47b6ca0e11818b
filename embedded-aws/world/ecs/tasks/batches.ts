import { say } from '../messages.ts';
import type { Rollout, Service } from '../model.ts';
import { place } from '../placement.ts';
import type { Task } from './task.ts';
import type { EcsState } from '../state.ts';
import { launchTask } from './launch.ts';
import { stopTask } from './stop.ts';

/** Launches as many tasks of a rollout as can be placed, and adds a line to the service's events. */
export function launchMany(ecs: EcsState, service: Service, rollout: Rollout, wanted: number): void {
  if (wanted === 0) return;
  const tasks = place(ecs, service, rollout, wanted).map((one) => launchTask(ecs, service, rollout, one));
  if (tasks.length === 0) return;
  rollout.updatedAt = tasks[0]?.createdAt ?? rollout.updatedAt;
  say(ecs, service, `has started ${tasks.length} tasks: ${names(tasks)}.`);
}

/** Stops tasks. Those behind a load balancer drain first. */
export function stopMany(ecs: EcsState, service: Service, tasks: readonly Task[]): void {
  if (tasks.length === 0) return;
  const draining = tasks.filter(
    ({ lastStatus, rollout }) => lastStatus === 'RUNNING' && rollout.revision.attachments.length > 0,
  );
  for (const task of tasks) stopTask(ecs, task, reasonOf(task));
  if (draining.length > 0) say(ecs, service, `has begun draining connections on ${draining.length} tasks.`);
  say(ecs, service, `has stopped ${tasks.length} running tasks: ${names(tasks)}.`);
}

function reasonOf(task: Task): string {
  if (task.condemned === undefined) return `Scaling activity initiated by (deployment ${task.rollout.id})`;
  const [attachment] = task.rollout.revision.attachments;
  return attachment === undefined
    ? 'Task failed container health checks'
    : `Task failed ELB health checks in (target-group ${attachment.targetGroupArn})`;
}

function names(tasks: readonly Task[]): string {
  return tasks.map(({ id }) => `(task ${id})`).join(' ');
}
