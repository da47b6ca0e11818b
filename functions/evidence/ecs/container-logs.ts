import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Container, ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Planned } from '../../../src/rollback/document.ts';
import { NOTHING, type EvidenceSource } from '../source.ts';
import { lastLines, type Stream } from '../last-lines.ts';
import { culprit } from './culprit.ts';
import { isAtFault, type EcsReads } from './reads.ts';
import { hiddenIn } from './task-definition.ts';

type Logs = Pick<CloudWatchLogsClient, 'send'>;

const MAX_STREAMS = 3;

/**
 * Reads the last lines of the containers that failed at the revision at fault; if none failed, of some that run. The
 * log driver awslogs names a stream by prefix, container and task, and without a prefix by the container's id.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
 */
export function containerLogs(
  reads: Pick<EcsReads, 'stopped' | 'running' | 'definition'>,
  logs: Logs,
  region: string,
): EvidenceSource {
  return {
    name: 'container logs',
    kind: 'ecs',
    isLog: true,
    async read(rollback, signal) {
      // Without the definition no line could be masked, so nothing is read before it is known.
      const definition = await reads.definition(rollback, signal);
      if (definition === null) return NOTHING;
      const streams = await streamsOf(definition, reads, rollback, signal, region);
      const found = await Promise.all(streams.map((stream) => lastLines(logs, stream, signal)));
      return {
        lines: found.flatMap(({ labelled }) => labelled),
        traces: { logs: found.flatMap(({ lines }) => lines) },
        hidden: hiddenIn(definition),
      };
    },
  };
}

async function streamsOf(
  definition: TaskDefinition,
  { stopped, running }: Pick<EcsReads, 'stopped' | 'running'>,
  rollback: Planned,
  signal: AbortSignal,
  region: string,
): Promise<readonly Stream[]> {
  const own = (tasks: readonly Task[]) => tasks.filter((task) => isAtFault(task, rollback));
  const failed = own(await stopped(rollback, signal)).flatMap((task) => {
    const it = culprit(task.containers ?? []);
    return it?.exitCode === undefined ? [] : [{ task, container: it }];
  });
  const chosen =
    failed.length > 0 ? failed : own(await running(rollback, signal)).flatMap(essentialOf(definition));
  return chosen.slice(0, MAX_STREAMS).map((one) => streamOf(definition, one, region));
}

interface Place {
  readonly task: Task;
  readonly container: Container;
}

/** Returns the containers of a task that it cannot run without. */
function essentialOf({ containerDefinitions = [] }: TaskDefinition): (task: Task) => readonly Place[] {
  const essential = containerDefinitions.filter((one) => one.essential !== false).map(({ name }) => name);
  return (task) =>
    (task.containers ?? [])
      .filter(({ name }) => essential.includes(name))
      .map((container) => ({ task, container }));
}

/** @throws Error naming the log driver, if Lastgood cannot read it */
function streamOf(
  { containerDefinitions = [] }: TaskDefinition,
  { task, container }: Place,
  region: string,
): Stream {
  const { name = '', runtimeId = '' } = container;
  const { logConfiguration }: Pick<ContainerDefinition, 'logConfiguration'> =
    containerDefinitions.find((one) => one.name === name) ?? {};
  const driver = logConfiguration?.logDriver ?? 'none';
  const options = logConfiguration?.options ?? {};
  const {
    'awslogs-group': group,
    'awslogs-region': where = region,
    'awslogs-stream-prefix': prefix,
  } = options;
  if (driver !== 'awslogs' || group === undefined)
    throw new Error(`container ${name} has the log driver ${driver}, and Lastgood reads only awslogs`);
  if (where !== region)
    throw new Error(`container ${name} logs to ${where}, and Lastgood reads only ${region}`);
  const id = task.taskArn?.split('/').at(-1) ?? '';
  const stream = prefix === undefined ? runtimeId : `${prefix}/${name}/${id}`;
  return { group, name: stream, of: `${name} of task ${id.slice(0, 8)}` };
}
