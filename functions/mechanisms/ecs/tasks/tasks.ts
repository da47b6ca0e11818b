import type { Instant } from '../../../../src/rollback/request.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';

/**
 * The limit of one ListTasks, in an undocumented order, and of one DescribeTasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
export const MAX_TASKS = 100;

/** Reads the tasks of a service, in the words of Lastgood. Errors are AWS's own. */
export interface Tasks {
  /** Reads those that stopped within the last hour, at most MAX_TASKS of them. */
  stopped(name: ServiceName): Promise<readonly Task[]>;
  /** Reads also those that run or start, with one or two more calls. */
  all(name: ServiceName): Promise<readonly Task[]>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html */
export interface Task {
  /** Id of the entry of the service's `deployments`, or of the task set, that started it: `ecs-svc/…`. */
  readonly startedBy: string;
  readonly createdAt: Instant;
  /** When it was first RUNNING; null: it never was. */
  readonly startedAt: Instant | null;
  /** When it stopped or began to; null: no stop was requested. */
  readonly stoppedAt: Instant | null;
  /** Its own container health checks fail. */
  readonly isUnhealthy: boolean;
  /** Why it failed, in AWS's words; null: it did not fail. */
  readonly failure: string | null;
}
