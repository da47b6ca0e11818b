import type { Service } from '../ecs.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import type { Clients } from './clients.ts';
import type { Position } from './stages.ts';

/** Reads the position of a task set. */
export async function positionOf(
  service: Service,
  set: TaskSet,
  sets: readonly TaskSet[],
  { balancer }: Pick<Clients, 'balancer'>,
): Promise<Position> {
  const others = sets.filter(({ arn }) => arn !== set.arn);
  const groups = [...new Set(sets.flatMap(targetGroupsOf))];
  const [forwardings, ...healthy] = await Promise.all([
    balancer.forwardings(groups),
    ...targetGroupsOf(set).map((group) => balancer.healthy(group)),
  ]);
  return { service, set, others, forwardings, healthy: Math.min(...healthy) };
}
