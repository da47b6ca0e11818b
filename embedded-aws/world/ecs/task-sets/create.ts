import type { LoadBalancer } from '@aws-sdk/client-ecs';
import { taskSetArn } from '../arns.ts';
import { invalid, limitExceeded, serviceNotActive } from '../errors.ts';
import type { Attachment, Revision, Rollout, Service, Tags, Workload, TaskSet } from '../model.ts';
import { resolveImages } from '../revisions.ts';
import { lookSoon } from '../scheduler.ts';
import { firstWorkload } from '../services/workload.ts';
import { now, type EcsState } from '../state.ts';
import type { Settings } from './task-set.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html, "Task sets per service" */
const MAX_TASK_SETS = 5;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html Which error says so is assumed. */
const TOKEN = /^[!-~]{1,36}$/;

export interface Asked {
  readonly settings: Settings;
  readonly status: 'PRIMARY' | 'ACTIVE';
  readonly scale: number;
  readonly tags?: Tags;
  readonly externalId?: string;
  readonly startedBy?: string;
  readonly clientToken?: string;
}

/**
 * Adds a task set to a service; its tasks start at once. A request with the same token returns the same task set.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateTaskSet.html
 * @throws AwsError ServiceNotActiveException, LimitExceededException, InvalidParameterException, ClientException
 */
export function createTaskSet(ecs: EcsState, service: Service, asked: Asked): TaskSet {
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  if (asked.clientToken !== undefined && !TOKEN.test(asked.clientToken))
    throw invalid('The client token must have 1 to 36 characters in the range of 33-126.');
  const before = service.taskSets.find(
    ({ clientToken }) => clientToken !== undefined && clientToken === asked.clientToken,
  );
  if (before !== undefined) return before;
  if (service.taskSets.length >= MAX_TASK_SETS)
    throw limitExceeded(`A service can have ${MAX_TASK_SETS} task sets.`);
  const workload = firstWorkload(ecs, asked.settings);
  const set = newTaskSet(ecs, service, workload, asked);
  service.taskSets.push(set);
  service.steady = false;
  lookSoon(ecs, service);
  return set;
}

function newTaskSet(ecs: EcsState, service: Service, workload: Workload, asked: Asked): TaskSet {
  const id = ecs.ids.rollout();
  const { status, scale, tags = {}, externalId, startedBy, clientToken } = asked;
  return {
    ...{ status, scale, tags },
    ...(externalId !== undefined && { externalId }),
    ...(startedBy !== undefined && { startedBy }),
    ...(clientToken !== undefined && { clientToken }),
    id,
    arn: taskSetArn(service.cluster.name, service.name, id),
    service,
    rollout: rolloutOf(ecs, id, workload),
    createdAt: now(ecs),
    updatedAt: now(ecs),
  };
}

function rolloutOf(ecs: EcsState, id: string, workload: Workload): Rollout {
  const revision: Revision = {
    arn: id,
    createdAt: now(ecs),
    workload,
    containerImages: resolveImages(ecs, workload),
    attachments: (workload.loadBalancers ?? []).map(attach),
  };
  return {
    id,
    revision,
    createdAt: now(ecs),
    updatedAt: now(ecs),
    status: 'ACTIVE',
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: '',
    failedTasks: 0,
    startFailures: 0,
    launchNotBefore: 0,
    scaled: true,
  };
}

function attach({ targetGroupArn = '', containerName = '', containerPort = 0 }: LoadBalancer): Attachment {
  return { targetGroupArn, containerName, containerPort };
}
