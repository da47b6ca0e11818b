import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { asAsked, askedInTags } from '../../asked.ts';
import { REGION } from '../../aws.ts';
import { countFailure } from '../circuit-breaker.ts';
import { containerArn, taskArn } from '../arns.ts';
import { emitTask } from '../events.ts';
import { invalid } from '../errors.ts';
import { say } from '../messages.ts';
import { holdLaunches } from '../launch-throttle.ts';
import type { Rollout, Service } from '../model.ts';
import type { Place } from '../placement.ts';
import { targetOf, type Task, type TaskContainer } from './task.ts';
import { addTask, now, type EcsState } from '../state.ts';
import { exitLater } from './exit.ts';
import { faultAtStart, type StartFault } from './start-faults.ts';
import { writeLogs } from './write-logs.ts';
import { finishTask } from './stop.ts';

/** Share of the start before the image pull: the network interface is attached first. */
const PROVISIONING_SHARE = 0.3;
/**
 * Seconds until a task stops pulling an image that does not exist, or reading a secret. AWS documents the retries but
 * not their time; recorded tasks stop within the minute.
 */
const FAILED_START_SECONDS = 40;

/**
 * Launches a task: PROVISIONING, PENDING, RUNNING. Its addresses are registered once it runs.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function launchTask(ecs: EcsState, service: Service, rollout: Rollout, place: Place): Task {
  const id = ecs.ids.task();
  const task: Task = {
    id,
    arn: taskArn(service.cluster.name, id),
    service,
    rollout,
    containers: containersOf(ecs, rollout, service, id),
    address: ecs.ids.address(),
    interfaceId: ecs.ids.networkInterface(),
    ...(place !== 'fargate' && { instance: place }),
    availabilityZone: `${REGION}${'abc'.charAt(ecs.tasks.size % 3)}`,
    createdAt: now(ecs),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    provenHealthy: false,
  };
  addTask(ecs, task);
  start(ecs, task);
  return task;
}

/**
 * Returns the containers. Once a tag is resolved, the task pulls its digest, even if the tag moves. The task
 * definition's tags at launch choose how the containers behave, before the image does.
 */
function containersOf(
  ecs: EcsState,
  rollout: Rollout,
  service: Service,
  task: string,
): readonly TaskContainer[] {
  const { containerImages, workload } = rollout.revision;
  const { registered, tags } = workload.taskDefinition;
  const asked = askedInTags(tags, invalid);
  return (registered.containerDefinitions ?? []).map((definition) => {
    const digest = containerImages.find(
      ({ containerName }) => containerName === definition.name,
    )?.imageDigest;
    const found = ecs.images.resolve(pullUri(definition, digest));
    return {
      name: definition.name ?? '',
      arn: containerArn(service.cluster.name, task, ecs.ids.uuid()),
      image: definition.image ?? '',
      essential: definition.essential ?? true,
      behaviour: found && asAsked(found.behaviour, asked),
      ...(found && { digest: found.digest }),
    };
  });
}

function pullUri({ image = '' }: ContainerDefinition, digest: string | undefined): string {
  if (digest === undefined) return image;
  const [untagged = ''] = image.split('@');
  return `${untagged.replace(/:[^:/]+$/, '')}@${digest}`;
}

function start(ecs: EcsState, task: Task): void {
  const fault = faultAtStart(ecs, task);
  const seconds = fault === null ? startSeconds(task) : FAILED_START_SECONDS;
  const { clock } = ecs.surroundings;
  clock.after(seconds * PROVISIONING_SHARE * 1000, () => {
    if (task.desiredStatus === 'STOPPED') return;
    task.lastStatus = 'PENDING';
    task.version++;
    task.pullStartedAt = now(ecs);
  });
  clock.after(seconds * 1000, () => {
    if (task.desiredStatus === 'STOPPED') return;
    if (fault === null) run(ecs, task);
    else failToStart(ecs, task, fault);
  });
}

function startSeconds({ containers }: Task): number {
  return Math.max(...containers.map(({ behaviour }) => behaviour?.startSeconds ?? 0));
}

function run(ecs: EcsState, task: Task): void {
  task.lastStatus = 'RUNNING';
  task.version++;
  task.pullStoppedAt = now(ecs);
  task.startedAt = now(ecs);
  task.rollout.startFailures = 0;
  task.rollout.updatedAt = now(ecs);
  register(ecs, task);
  emitTask(ecs, task);
  writeLogs(ecs, task);
  for (const container of task.containers) exitLater(ecs, task, container);
}

function register(ecs: EcsState, task: Task): void {
  for (const attachment of task.rollout.revision.attachments) {
    ecs.targetGroups.register(attachment.targetGroupArn, targetOf(task, attachment));
    say(ecs, task.service, `registered 1 targets in (target-group ${attachment.targetGroupArn})`);
  }
}

/**
 * Stops a task that cannot start: from PENDING to STOPPED.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
function failToStart(ecs: EcsState, task: Task, { reason, container }: StartFault): void {
  if (container) container.reason = reason;
  finishTask(ecs, task, 'TaskFailedToStart', reason);
  holdLaunches(ecs, task.service, task.rollout);
  countFailure(task.service, task.rollout);
}
