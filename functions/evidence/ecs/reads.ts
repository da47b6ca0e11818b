import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type DesiredStatus,
  type ECSClient,
  type Service,
  type ServiceDeployment,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Planned } from '../../../src/rollback/document.ts';
import { isNumberOf } from '../../../src/targets/kinds/ecs/numbered.ts';
import { atFault, releaseOf } from '../released-at.ts';
import { shared, type Read } from '../source.ts';

/** Reads of one service of ECS, each made once for all sources. For other targets they answer null or nothing. */
export interface EcsReads {
  /** The tasks that stopped within the last hour or so, newest first. */
  readonly stopped: Read<readonly Task[]>;
  /** Some of the tasks that run. */
  readonly running: Read<readonly Task[]>;
  /** The task definition of the revision at fault. */
  readonly definition: Read<TaskDefinition | null>;
  readonly service: Read<Service | null>;
  /** The deployment of the revision at fault, as ECS describes it, and the one before it that completed. */
  readonly deployments: Read<{ readonly released?: ServiceDeployment; readonly before?: ServiceDeployment }>;
}

/**
 * ListTasks and DescribeTasks take at most 100 tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
 */
const MAX_TASKS = 100;

export function ecsReads(client: Pick<ECSClient, 'send'>): EcsReads {
  return {
    stopped: shared(async (rollback, signal) => {
      const tasks = await tasksIn(client, rollback, 'STOPPED', signal);
      return tasks.toSorted((one, other) => stoppedAt(other) - stoppedAt(one));
    }),
    running: shared((rollback, signal) => tasksIn(client, rollback, 'RUNNING', signal)),
    definition: shared(async (rollback, abortSignal) => {
      if (rollback.plan.watch.tasks === undefined) return null;
      const { name: taskDefinition } = atFault(rollback);
      const command = new DescribeTaskDefinitionCommand({ taskDefinition });
      return (await client.send(command, { abortSignal })).taskDefinition ?? null;
    }),
    service: shared(async ({ plan }, abortSignal) => {
      if (plan.watch.tasks === undefined) return null;
      const { cluster, service } = plan.watch.tasks;
      const command = new DescribeServicesCommand({ cluster, services: [service] });
      const { services = [] } = await client.send(command, { abortSignal });
      return services[0] ?? null;
    }),
    deployments: shared(async (rollback, abortSignal) => {
      const { released, before } = deploymentsIn(rollback);
      const serviceDeploymentArns = [released, before].filter((one) => one !== undefined);
      if (released === undefined) return {};
      const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns });
      const { serviceDeployments: found = [] } = await client.send(command, { abortSignal });
      const of = (arn?: string) => found.find((one) => one.serviceDeploymentArn === arn);
      const [release, earlier] = [of(released), of(before)];
      return {
        ...(release && { released: release }),
        ...(before !== undefined && earlier && { before: earlier }),
      };
    }),
  };
}

async function tasksIn(
  client: Pick<ECSClient, 'send'>,
  { plan }: Planned,
  desiredStatus: DesiredStatus,
  abortSignal: AbortSignal,
): Promise<readonly Task[]> {
  if (plan.watch.tasks === undefined) return [];
  const { cluster, service: serviceName } = plan.watch.tasks;
  const list = new ListTasksCommand({ cluster, serviceName, desiredStatus, maxResults: MAX_TASKS });
  const { taskArns = [] } = await client.send(list, { abortSignal });
  if (taskArns.length === 0) return [];
  const describe = new DescribeTasksCommand({ cluster, tasks: taskArns });
  const { tasks = [] } = await client.send(describe, { abortSignal });
  return tasks;
}

function stoppedAt({ stoppingAt }: Task): number {
  return stoppingAt?.getTime() ?? 0;
}

/** Returns the ARNs. Only a service that ECS deploys itself has service deployments. */
function deploymentsIn(rollback: Planned): { readonly released?: string; readonly before?: string } {
  const { recent = [] } = rollback.plan;
  const released = releaseOf(rollback);
  if (released?.id.includes(SERVICE_DEPLOYMENT) !== true) return {};
  const older = recent.slice(recent.indexOf(released) + 1);
  const before = older.find(
    (one) => one.state === 'completed' && one.id.includes(SERVICE_DEPLOYMENT) && !one.id.includes('#'),
  );
  return { released: released.id, ...(before && { before: before.id }) };
}

const SERVICE_DEPLOYMENT = ':service-deployment/';

/** Says whether a task runs the revision at fault. Two service revisions may share a task definition. */
export function isAtFault({ taskDefinitionArn, startedBy = '' }: Task, rollback: Planned): boolean {
  const { id, name } = atFault(rollback);
  if (isNumberOf(startedBy, id)) return true;
  if (isNumberOf(startedBy, rollback.plan.to.id)) return false;
  return definitionName(taskDefinitionArn) === name;
}

/** Returns `checkout:42`. */
export function definitionName(arn = 'unknown task definition'): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
