import {
  DescribeTasksCommand,
  ListTasksCommand,
  type DesiredStatus,
  type ECSClient,
  type Task as AwsTask,
} from '@aws-sdk/client-ecs';
import { inBatches } from '../../../../src/aws/batches.ts';
import { isNamed } from '../../../../src/aws/errors.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import { failureOf } from '../../../../src/targets/kinds/ecs/failure.ts';
import { MAX_TASKS, type Task, type Tasks } from './tasks.ts';

/** Binds the calls to a client. */
export function createTasks(client: Pick<ECSClient, 'send'>): Tasks {
  const list = async ({ cluster, service: serviceName }: ServiceName, desiredStatus: DesiredStatus) => {
    const input = { cluster, serviceName, desiredStatus, maxResults: MAX_TASKS };
    try {
      return (await client.send(new ListTasksCommand(input))).taskArns ?? [];
    } catch (error) {
      // A service that was deleted after its description has no tasks.
      if (isNamed(error, 'ServiceNotFoundException', 'ClusterNotFoundException')) return [];
      throw error;
    }
  };
  const read = async (name: ServiceName, statuses: readonly DesiredStatus[]) => {
    const listed = await Promise.all(statuses.map((status) => list(name, status)));
    const pages = inBatches(listed.flat(), MAX_TASKS).map((tasks) =>
      client.send(new DescribeTasksCommand({ cluster: name.cluster, tasks: [...tasks] })),
    );
    return (await Promise.all(pages)).flatMap(({ tasks = [] }) => tasks.map(toTask));
  };
  return {
    stopped: (name) => read(name, ['STOPPED']),
    all: (name) => read(name, ['RUNNING', 'STOPPED']),
  };
}

/** Maps AWS's shape, where every field is optional, to Lastgood's. A task that never ran may have no `stoppingAt`. */
export function toTask(task: AwsTask): Task {
  const { startedBy = '', createdAt = new Date(0), startedAt, stoppingAt, stoppedAt, healthStatus } = task;
  return {
    startedBy,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    stoppedAt: (stoppingAt ?? stoppedAt)?.toISOString() ?? null,
    isUnhealthy: healthStatus === 'UNHEALTHY',
    failure: failureOf(task),
  };
}
