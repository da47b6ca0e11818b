import { DescribeTasksCommand, ListTasksCommand, type ECSClient, type Task } from '@aws-sdk/client-ecs';
import { culprit } from './culprit.ts';
import type { EvidenceSource } from './gather.ts';

type Client = Pick<ECSClient, 'send'>;

/**
 * DescribeTasks accepts at most 100 tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
 */
const MAX_TASKS = 100;

/**
 * Reads why tasks of the target stopped. ECS shows a stopped task for about an hour.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html
 */
export function stoppedTasks(client: Client): EvidenceSource {
  return {
    name: 'stopped tasks',
    async read({ plan }, abortSignal) {
      if (plan.watch.tasks === undefined) return [];
      const { cluster, service } = plan.watch.tasks;
      const tasks = await stopped(client, cluster, service, abortSignal);
      return counted(tasks.toSorted(newestFirst).map(line));
    },
  };
}

async function stopped(
  client: Client,
  cluster: string,
  serviceName: string,
  abortSignal: AbortSignal,
): Promise<readonly Task[]> {
  const { taskArns = [] } = await client.send(
    new ListTasksCommand({ cluster, serviceName, desiredStatus: 'STOPPED', maxResults: MAX_TASKS }),
    { abortSignal },
  );
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }), {
    abortSignal,
  });
  return tasks;
}

function newestFirst(a: Task, b: Task): number {
  return (b.stoppingAt?.getTime() ?? 0) - (a.stoppingAt?.getTime() ?? 0);
}

/** Returns `checkout:42: EssentialContainerExited (Essential container in task exited); container app: exit code 1` */
function line(task: Task): string {
  const definition = task.taskDefinitionArn?.split('/').at(-1) ?? 'unknown task definition';
  const container = culprit(task.containers ?? []);
  const of = `${definition}: ${task.stopCode ?? 'stopping'} (${task.stoppedReason ?? 'no reason given'})`;
  return container === null ? of : `${of}; ${container}`;
}

/** Merges equal lines and counts them, so that a hundred tasks with the same reason are one line. */
function counted(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].map((line) => `${lines.filter((other) => other === line).length} × ${line}`);
}
