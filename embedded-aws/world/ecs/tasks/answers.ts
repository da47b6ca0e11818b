import type { Behaviour, TargetId } from '../../seams.ts';
import type { EcsState } from '../state.ts';

/** The container that listens on an address and port. A task that drains still answers; one that ends does not. */
export function answers(ecs: EcsState, { id, port }: TargetId): Behaviour | null {
  for (const task of ecs.tasks.values()) {
    if (task.address !== id) continue;
    if (task.lastStatus !== 'RUNNING' && task.lastStatus !== 'DEACTIVATING') return null;
    const { registered } = task.rollout.revision.workload.taskDefinition;
    const listening = registered.containerDefinitions?.find(({ portMappings = [] }) =>
      portMappings.some(({ containerPort }) => containerPort === port),
    );
    const container = task.containers.find(({ name }) => name === listening?.name);
    return container?.exitCode === undefined ? (container?.behaviour ?? null) : null;
  }
  return null;
}
