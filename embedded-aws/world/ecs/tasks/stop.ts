import type { TaskStopCode } from '@aws-sdk/client-ecs';
import { emitTask } from '../events.ts';
import { targetOf, type Task } from './task.ts';
import { now, tasksOf, type EcsState } from '../state.ts';
import type { Service } from '../model.ts';

/** Seconds from SIGTERM to the exit of a container that handles it. ECS waits up to `stopTimeout`, 30 by default. */
const EXIT_SECONDS = 2;
/** Seconds to detach the network interface. AWS documents the state but not its time. */
const DEPROVISION_SECONDS = 5;
/**
 * Duration for which a stopped task can be described: about an hour.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
 */
const REMEMBERED_SECONDS = 3600;
/** The exit code of a container that ended on SIGTERM. */
const TERMINATED = 143;

/**
 * Stops a task: first its targets drain (DEACTIVATING), then its containers end (STOPPING).
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function stopTask(ecs: EcsState, task: Task, stoppedReason: string): void {
  if (task.desiredStatus === 'STOPPED') return;
  task.desiredStatus = 'STOPPED';
  task.stopCode = 'ServiceSchedulerInitiated';
  task.stoppedReason = stoppedReason;
  task.stoppingAt = now(ecs);
  task.version++;
  task.rollout.updatedAt = now(ecs);
  const ran = task.lastStatus === 'RUNNING';
  task.lastStatus = ran ? 'DEACTIVATING' : 'DEPROVISIONING';
  if (ran) deregister(ecs, task);
  else deprovision(ecs, task);
}

/** Stops the tasks whose targets have left their groups. */
export function endDrained(ecs: EcsState, service: Service): void {
  for (const task of tasksOf(ecs, service)) {
    if (task.lastStatus === 'DEACTIVATING' && !isDraining(ecs, task)) terminate(ecs, task);
  }
}

/** Ends a task without a stop request: nothing drains, and its targets are removed at once. */
export function finishTask(ecs: EcsState, task: Task, stopCode: TaskStopCode, stoppedReason: string): void {
  const ran = task.lastStatus === 'RUNNING';
  task.desiredStatus = 'STOPPED';
  task.stopCode = stopCode;
  task.stoppedReason = stoppedReason;
  task.stoppingAt = now(ecs);
  task.version++;
  task.rollout.updatedAt = now(ecs);
  if (ran) {
    deregister(ecs, task);
    endContainers(ecs, task);
  }
  deprovision(ecs, task);
}

function deregister(ecs: EcsState, task: Task): void {
  for (const attachment of task.rollout.revision.attachments) {
    ecs.targetGroups.deregister(attachment.targetGroupArn, targetOf(task, attachment));
  }
}

function isDraining(ecs: EcsState, task: Task): boolean {
  return ecs.targetStates(task).some((state) => state !== null);
}

function terminate(ecs: EcsState, task: Task): void {
  task.lastStatus = 'STOPPING';
  task.version++;
  ecs.surroundings.clock.after(EXIT_SECONDS * 1000, () => {
    endContainers(ecs, task);
    deprovision(ecs, task);
  });
}

/** Ends the remaining containers on SIGTERM. */
function endContainers(ecs: EcsState, task: Task): void {
  task.executionStoppedAt = now(ecs);
  for (const container of task.containers) container.exitCode ??= TERMINATED;
}

function deprovision(ecs: EcsState, task: Task): void {
  task.lastStatus = 'DEPROVISIONING';
  ecs.surroundings.clock.after(DEPROVISION_SECONDS * 1000, () => {
    task.lastStatus = 'STOPPED';
    task.stoppedAt = now(ecs);
    task.version++;
    task.rollout.updatedAt = now(ecs);
    emitTask(ecs, task);
    ecs.surroundings.clock.after(REMEMBERED_SECONDS * 1000, () => {
      ecs.tasks.delete(task.arn);
      ecs.addresses.delete(task.address);
    });
  });
}
