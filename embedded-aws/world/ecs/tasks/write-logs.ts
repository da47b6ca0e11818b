import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { EcsState } from '../state.ts';
import type { Task } from './task.ts';

/** The log group and the prefix of the streams of a container with the log driver awslogs; null: it has another one. */
export function logOptions({
  logConfiguration,
}: ContainerDefinition): { readonly group: string; readonly prefix: string } | null {
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix = '' } = logConfiguration?.options ?? {};
  return logConfiguration?.logDriver !== 'awslogs' || group === undefined ? null : { group, prefix };
}

/**
 * Writes what the containers of a task log when they start. Streams are named by prefix, container and task; on Fargate
 * the prefix is required. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
 */
export function writeLogs({ logs }: EcsState, { containers, rollout, id }: Task): void {
  const { containerDefinitions = [] } = rollout.revision.workload.taskDefinition.registered;
  for (const definition of containerDefinitions) {
    const options = logOptions(definition);
    const { name = '' } = definition;
    const lines = containers.find((container) => container.name === name)?.behaviour?.logs ?? [];
    if (options === null) continue;
    for (const line of lines) logs.write(options.group, `${options.prefix}/${name}/${id}`, line);
  }
}
