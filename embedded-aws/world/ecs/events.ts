import type { AwsEvent } from '../aws.ts';
import type { Rollout, Service } from './model.ts';
import type { Task } from './tasks/task.ts';
import { now, type EcsState } from './state.ts';
import { describeTask } from './tasks/describe.ts';

type DeploymentEvent =
  'SERVICE_DEPLOYMENT_IN_PROGRESS' | 'SERVICE_DEPLOYMENT_COMPLETED' | 'SERVICE_DEPLOYMENT_FAILED';

/**
 * Returns the event ECS Deployment State Change. The id is the rollout's (`ecs-svc/…`), not the service deployment's.
 * `updatedAt` is the rollout's last change; captured events show it earlier than the event.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 */
export function emitDeployment(
  ecs: EcsState,
  service: Service,
  rollout: Rollout,
  { eventName, reason }: { readonly eventName: DeploymentEvent; readonly reason: string },
): void {
  const eventType = eventName === 'SERVICE_DEPLOYMENT_FAILED' ? 'ERROR' : 'INFO';
  emit(ecs, 'ECS Deployment State Change', service.arn, {
    eventType,
    eventName,
    clusterArn: service.cluster.arn,
    deploymentId: rollout.id,
    updatedAt: rollout.updatedAt.toISOString(),
    reason,
  });
}

const EVENT_TYPES = {
  SERVICE_STEADY_STATE: 'INFO',
  SERVICE_TASK_START_IMPAIRED: 'WARN',
  SERVICE_TASK_PLACEMENT_FAILURE: 'ERROR',
} as const;

/**
 * Returns the event ECS Service Action, which names no deployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
export function emitServiceAction(
  ecs: EcsState,
  service: Service,
  eventName: keyof typeof EVENT_TYPES,
  reason?: string,
): void {
  const eventType = EVENT_TYPES[eventName];
  const { arn: clusterArn } = service.cluster;
  const createdAt = now(ecs).toISOString();
  emit(ecs, 'ECS Service Action', service.arn, {
    ...{ eventType, eventName, clusterArn, createdAt },
    ...(reason !== undefined && { reason }),
  });
}

/**
 * Returns the event ECS Task State Change, for RUNNING and STOPPED. The detail is the task as DescribeTasks shows it,
 * with times as strings and without the service's ARN.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function emitTask(ecs: EcsState, task: Task): void {
  const shown = describeTask(ecs, task);
  const attachments = (shown.attachments ?? []).map((attachment) => ({ ...attachment, type: 'eni' }));
  const inEvent = { ...shown, attachments, tags: undefined, healthStatus: undefined };
  const detail = JSON.parse(JSON.stringify(inEvent)) as Record<string, unknown>;
  emit(ecs, 'ECS Task State Change', task.arn, { ...detail, updatedAt: now(ecs).toISOString() });
}

function emit(ecs: EcsState, detailType: string, resource: string, detail: AwsEvent['detail']): void {
  ecs.surroundings.emit({ source: 'aws.ecs', 'detail-type': detailType, resources: [resource], detail });
}
