import type {
  DescribeTasksCommandInput,
  DescribeTasksCommandOutput,
  ListTasksCommandInput,
  ListTasksCommandOutput,
} from '@aws-sdk/client-ecs';
import { arn } from '../../aws.ts';
import type { Access, Operation } from '../../service.ts';
import { missing, page, type Answer } from '../answer.ts';
import { clusterArn, lastPart, taskArn } from '../arns.ts';
import { TASK_READ } from '../buckets.ts';
import { invalid } from '../errors.ts';
import type { Task } from '../tasks/task.ts';
import { getCluster, type EcsState } from '../state.ts';
import { describeTask } from '../tasks/describe.ts';

const MAX_TASKS_PER_CALL = 100;

export function taskOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    ListTasks: {
      bucket: TASK_READ,
      authorize: ({ cluster = 'default' }: ListTasksCommandInput) => [mayList(lastPart(cluster))],
      run: (input: ListTasksCommandInput) => listTasks(ecs, input),
    },
    DescribeTasks: {
      bucket: TASK_READ,
      authorize: ({ cluster = 'default', tasks = [] }: DescribeTasksCommandInput) =>
        tasks.map((task) => mayDescribe(lastPart(cluster), task)),
      run: (input: DescribeTasksCommandInput) => describeTasks(ecs, input),
    },
  };
}

/** The resource of ListTasks is the container instance, although a request may omit it. */
function mayList(cluster: string): Access {
  const conditions = { 'ecs:cluster': clusterArn(cluster) };
  return { action: 'ecs:ListTasks', resource: arn('ecs', `container-instance/${cluster}/*`), conditions };
}

function mayDescribe(cluster: string, task: string): Access {
  const conditions = { 'ecs:cluster': clusterArn(cluster) };
  return { action: 'ecs:DescribeTasks', resource: taskArn(cluster, lastPart(task)), tags: {}, conditions };
}

/**
 * Lists tasks by desired status; the default is RUNNING.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
function listTasks(ecs: EcsState, input: ListTasksCommandInput): Answer<ListTasksCommandOutput> {
  const cluster = getCluster(ecs, input.cluster);
  const wanted = input.desiredStatus ?? 'RUNNING';
  const chosen = [...ecs.tasks.values()].filter(
    (task) => task.service.cluster === cluster && task.desiredStatus === wanted && matches(task, input),
  );
  const { items, token } = page(
    chosen.map((task) => task.arn),
    input,
    MAX_TASKS_PER_CALL,
  );
  return { taskArns: items, ...token };
}

function matches(
  { service, rollout }: Task,
  { serviceName, startedBy, family }: ListTasksCommandInput,
): boolean {
  return (
    (serviceName === undefined || service.name === lastPart(serviceName)) &&
    (startedBy === undefined || rollout.id === startedBy) &&
    (family === undefined || rollout.revision.workload.taskDefinition.family === family)
  );
}

/**
 * Describes up to 100. Stopped tasks stay for about an hour.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
 */
function describeTasks(ecs: EcsState, input: DescribeTasksCommandInput): Answer<DescribeTasksCommandOutput> {
  const { tasks: names = [] } = input;
  const cluster = getCluster(ecs, input.cluster);
  if (names.length === 0) throw invalid('Tasks cannot be empty.');
  if (names.length > MAX_TASKS_PER_CALL) throw invalid('Tasks cannot have more than 100 elements.');
  const arns = names.map((name) => taskArn(cluster.name, lastPart(name)));
  const found = arns.flatMap((one) => ecs.tasks.get(one) ?? []);
  return {
    tasks: found.map((task) => describeTask(ecs, task)),
    failures: arns.filter((one) => !ecs.tasks.has(one)).map(missing),
  };
}
