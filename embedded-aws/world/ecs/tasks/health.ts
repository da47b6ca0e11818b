import type { HealthCheck } from '@aws-sdk/client-ecs';
import { countFailure, countSuccess } from '../circuit-breaker.ts';
import { say } from '../messages.ts';
import { remembered } from '../../remembered.ts';
import type { Service, TaskDefinition } from '../model.ts';
import type { Task, TaskContainer } from './task.ts';
import { atAge } from './age.ts';
import { secondsSince, tasksOf, type EcsState } from '../state.ts';

/**
 * Without a health check, a task counts as healthy 40 seconds after it is RUNNING.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
const UNCHECKED_SECONDS = 40;

type Health = 'waiting' | 'healthy' | 'unhealthy';

/**
 * Checks every running task of a service, and marks those that fail their health checks after the grace period for
 * replacement.
 */
export function observeHealth(ecs: EcsState, service: Service): void {
  for (const task of tasksOf(ecs, service)) {
    if (task.desiredStatus === 'STOPPED') continue;
    const health = healthOf(ecs, task);
    if (health === 'healthy') prove(task);
    else if (health === 'unhealthy' && !inGrace(ecs, task)) condemn(ecs, task);
  }
}

/** Returns whether a task runs, passes its checks, and is not to be replaced. */
export function isHealthy(ecs: EcsState, task: Task): boolean {
  return (
    task.desiredStatus === 'RUNNING' && task.condemned === undefined && healthOf(ecs, task) === 'healthy'
  );
}

/** Returns whether a task has ever been healthy. */
export function isProven(ecs: EcsState, task: Task): boolean {
  return task.provenHealthy || healthOf(ecs, task) === 'healthy';
}

function prove(task: Task): void {
  if (task.provenHealthy) return;
  task.provenHealthy = true;
  countSuccess(task.service, task.rollout);
}

function condemn(ecs: EcsState, task: Task): void {
  if (task.condemned !== undefined) return;
  task.condemned = faultOf(ecs, task);
  say(ecs, task.service, `(task ${task.id}) ${task.condemned}`);
  countFailure(task.service, task.rollout);
}

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html names the two kinds.
 */
function faultOf(ecs: EcsState, task: Task): string {
  const states = ecs.targetStates(task);
  const sick = task.rollout.revision.attachments.find((_, index) => states[index] === 'unhealthy');
  if (sick === undefined) return 'failed container health checks.';
  return `(port ${sick.containerPort}) is unhealthy in (target-group ${sick.targetGroupArn}) due to (reason Health checks failed)`;
}

function inGrace(ecs: EcsState, { service, startedAt }: Task): boolean {
  return secondsSince(ecs, startedAt) < service.settings.healthCheckGracePeriodSeconds;
}

function healthOf(ecs: EcsState, task: Task): Health {
  if (task.lastStatus !== 'RUNNING') return 'waiting';
  const checks = [...targetHealth(ecs, task), ...containerHealth(ecs, task)];
  if (checks.length === 0)
    return secondsSince(ecs, task.startedAt) < UNCHECKED_SECONDS ? 'waiting' : 'healthy';
  if (checks.includes('unhealthy')) return 'unhealthy';
  return checks.every((health) => health === 'healthy') ? 'healthy' : 'waiting';
}

function targetHealth(ecs: EcsState, task: Task): readonly Health[] {
  // A group that no listener forwards to checks no target. Assumed: ECS then does without, since CodeDeploy deploys so.
  return ecs.targetStates(task).flatMap((state) => {
    if (state === 'unused') return [];
    return state === 'healthy' || state === 'unhealthy' ? [state] : ['waiting' as const];
  });
}

/** Returns the health checks of a task definition by the names of their containers. */
const checksIn = remembered(
  ({ containerDefinitions = [] }: TaskDefinition['registered']): ReadonlyMap<string, HealthCheck> =>
    new Map(
      containerDefinitions.flatMap(({ name = '', healthCheck }) =>
        healthCheck === undefined ? [] : [[name, healthCheck] as const],
      ),
    ),
);

function containerHealth(ecs: EcsState, task: Task): readonly Health[] {
  const checks = checksIn(task.rollout.revision.workload.taskDefinition.registered);
  if (checks.size === 0) return [];
  return task.containers.flatMap((container) => {
    const check = checks.get(container.name);
    return check && container.essential ? [checked(ecs, task, container, check)] : [];
  });
}

/** Interval, retries and start period. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function checked(ecs: EcsState, task: Task, { behaviour }: TaskContainer, check: HealthCheck): Health {
  const { interval = 30, retries = 3, startPeriod = 0 } = check;
  const running = secondsSince(ecs, task.startedAt);
  if (behaviour !== null && atAge(behaviour, running).health === 'passes')
    return running >= interval ? 'healthy' : 'waiting';
  return running >= startPeriod + interval * retries ? 'unhealthy' : 'waiting';
}

/** Returns a task's container health status, as DescribeTasks shows it; UNKNOWN without container health checks. */
export function shownHealth(ecs: EcsState, task: Task): 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN' {
  const checks = task.lastStatus === 'RUNNING' ? containerHealth(ecs, task) : [];
  if (checks.includes('unhealthy')) return 'UNHEALTHY';
  return checks.length > 0 && checks.every((health) => health === 'healthy') ? 'HEALTHY' : 'UNKNOWN';
}
