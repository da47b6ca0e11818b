import type { Service } from '../ecs.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import type { Forwarding } from '../traffic/balancer.ts';
import { isMoved, isUnattached, weightsIn, type Move } from '../traffic/weights.ts';

/**
 * Stage of a task set on its way to the traffic, derived from the present state and not from past writes.
 * - prepare: it must be scaled up or attached to a listener first.
 * - wait: it cannot carry the traffic yet.
 * - take-over: it can; it lacks traffic or the primary mark.
 * - done: it has both.
 */
export type Stage = 'prepare' | 'wait' | 'take-over' | 'done';

export interface Position {
  readonly service: Service;
  /** The task set that takes over. */
  readonly set: TaskSet;
  readonly others: readonly TaskSet[];
  readonly forwardings: readonly Forwarding[];
  /** Healthy targets of the target group with the fewest. */
  readonly healthy: number;
}

export function stageOf(position: Position): Stage {
  const { service, set, forwardings, healthy } = position;
  if (set.scale < 100 || toAttach(position).length > 0) return 'prepare';
  const isReady = set.isSteady && healthy >= service.desired && set.running >= service.desired;
  const isThere = set.isPrimary && toMove(position).length === 0 && forwardings.length > 0;
  if (isThere) return isReady ? 'done' : 'wait';
  return isReady ? 'take-over' : 'wait';
}

/** Returns which traffic moves where, group by group: load balancers of a task set are listed in one order. */
export function movesOf({ set, others }: Pick<Position, 'set' | 'others'>): readonly Move[] {
  const own = new Set(targetGroupsOf(set));
  return targetGroupsOf(set).map((to, index) => {
    const from = others
      .flatMap((other) => targetGroupsOf(other)[index] ?? [])
      .filter((group) => !own.has(group));
    return { to, from: [...new Set(from)] };
  });
}

/** Returns the forwardings without the task set's target group. */
export function toAttach(position: Position): readonly Change[] {
  return changes(position, isUnattached);
}

/** Returns the forwardings whose traffic is not all with the task set. */
export function toMove(position: Position): readonly Change[] {
  return changes(position, (actions, move) => weightsIn(actions).has(move.to) && !isMoved(actions, move));
}

/** The moves due for one forwarding: one for each target group that loses its traffic. */
export interface Change {
  readonly forwarding: Forwarding;
  readonly moves: readonly Move[];
}

function changes(
  position: Position,
  isDue: (actions: Forwarding['actions'], move: Move) => boolean,
): readonly Change[] {
  const all = movesOf(position);
  return position.forwardings
    .map((forwarding) => ({ forwarding, moves: all.filter((move) => isDue(forwarding.actions, move)) }))
    .filter(({ moves }) => moves.length > 0);
}
