import type { Service } from '../ecs.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import type { Forwarding } from '../traffic/balancer.ts';
import { isMoved, isUnattached, weightsIn, type Move } from '../traffic/weights.ts';

/**
 * Where a task set stands on its way to the traffic, told from what is there and not from what was done.
 * - prepare: it has to be scaled up or attached to a listener first.
 * - wait: it does not carry the traffic yet.
 * - take-over: it can; traffic or the primary mark are not with it.
 * - done: all of it is.
 */
export type Stage = 'prepare' | 'wait' | 'take-over' | 'done';

export interface Position {
  readonly service: Service;
  /** The one that takes over. */
  readonly set: TaskSet;
  readonly others: readonly TaskSet[];
  readonly forwardings: readonly Forwarding[];
  /** Healthy targets of the target group that has the fewest. */
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

/** What traffic goes where: group by group, as the load balancers of a task set are listed in one order. */
export function movesOf({ set, others }: Pick<Position, 'set' | 'others'>): readonly Move[] {
  const own = new Set(targetGroupsOf(set));
  return targetGroupsOf(set).map((to, index) => {
    const from = others
      .flatMap((other) => targetGroupsOf(other)[index] ?? [])
      .filter((group) => !own.has(group));
    return { to, from: [...new Set(from)] };
  });
}

/** The forwardings that do not know the task set's target group yet. */
export function toAttach(position: Position): readonly Change[] {
  return changes(position, isUnattached);
}

/** The forwardings whose traffic is not all with the task set. */
export function toMove(position: Position): readonly Change[] {
  return changes(position, (actions, move) => weightsIn(actions).has(move.to) && !isMoved(actions, move));
}

/** What is due for one forwarding: as many moves as it sends traffic to target groups of. */
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
