import type { TaskStopCode } from '@aws-sdk/client-ecs';
import type { Behaviour, TargetId } from '../../seams.ts';
import type { Attachment, ContainerInstance, Rollout, Service } from '../model.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
export type TaskStatus =
  'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';

export interface TaskContainer {
  readonly name: string;
  readonly arn: string;
  readonly image: string;
  readonly digest?: string;
  readonly essential: boolean;
  /** Null if the image cannot be pulled. */
  readonly behaviour: Behaviour | null;
  exitCode?: number;
  reason?: string;
}

export interface Task {
  readonly id: string;
  readonly arn: string;
  readonly service: Service;
  readonly rollout: Rollout;
  readonly containers: readonly TaskContainer[];
  readonly address: string;
  readonly interfaceId: string;
  /** Absent on Fargate. */
  readonly instance?: ContainerInstance;
  readonly availabilityZone: string;
  readonly createdAt: Date;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  version: number;
  /** Whether it was ever healthy, and whether it is unhealthy and to be replaced. */
  provenHealthy: boolean;
  condemned?: string;
  pullStartedAt?: Date;
  pullStoppedAt?: Date;
  startedAt?: Date;
  stoppingAt?: Date;
  executionStoppedAt?: Date;
  stoppedAt?: Date;
  stopCode?: TaskStopCode;
  stoppedReason?: string;
}

/** Returns the address and port that a task registers with a target group. */
export function targetOf(task: Task, attachment: Attachment): TargetId {
  return { id: task.address, port: attachment.containerPort };
}
