import type { Service } from '../ecs.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import type { Balancer, Forwarding, Place } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';
import type { Position } from './stages.ts';

/**
 * Reads the position of a task set: the listeners and rules that the plan found, and the health of its targets.
 * @param places those of the plan; undefined: it does not name them
 */
export async function positionOf(
  service: Service,
  set: TaskSet,
  sets: readonly TaskSet[],
  places: readonly Place[] | undefined,
  balancer: Balancer,
): Promise<Position> {
  const others = sets.filter(({ arn }) => arn !== set.arn);
  const groups = [...new Set([set, ...sets].flatMap(targetGroupsOf))];
  const [forwardings, ...healthy] = await Promise.all([
    inFrontOf(groups, places, balancer),
    ...targetGroupsOf(set).map((group) => balancer.healthy(group)),
  ]);
  return { service, set, others, forwardings, healthy: Math.min(...healthy) };
}

/** Searches for all of them only if one of the plan's is gone. */
async function inFrontOf(
  groups: readonly string[],
  places: readonly Place[] | undefined,
  balancer: Balancer,
): Promise<readonly Forwarding[]> {
  const again = places === undefined ? null : await balancer.again(places);
  if (again === null) return balancer.forwardings(groups);
  return again.filter(({ actions }) => groups.some((group) => weightsIn(actions).has(group)));
}
