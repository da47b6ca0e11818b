import type { Behaviour, TargetId } from '../../seams.ts';
import { secondsSince, type EcsState } from '../state.ts';
import { atAge } from './age.ts';

/** Returns the container that listens on an address and port. A draining task still answers; an ending one does not. */
export function answers(ecs: EcsState, { id, port }: TargetId): Behaviour | null {
  const task = ecs.addresses.get(id);
  if (task?.lastStatus !== 'RUNNING' && task?.lastStatus !== 'DEACTIVATING') return null;
  const { registered } = task.rollout.revision.workload.taskDefinition;
  const listening = registered.containerDefinitions?.find(({ portMappings = [] }) =>
    portMappings.some(({ containerPort }) => containerPort === port),
  );
  const container = task.containers.find(({ name }) => name === listening?.name);
  const behaviour = container?.exitCode === undefined ? container?.behaviour : null;
  return behaviour ? atAge(behaviour, secondsSince(ecs, task.startedAt)) : null;
}
