import type { Clients } from './clients.ts';
import { stageOf, toMove, type Position } from './stages.ts';

export type Writers = Pick<Clients, 'ecs' | 'taskSets' | 'balancer'>;

/**
 * Returns the same clients, noting each successful write: a rollback with several writes may fail at the second one.
 */
export function noting({ ecs, taskSets, balancer }: Writers, note: () => void): Writers {
  const noted = async <Answer>(write: Promise<Answer>): Promise<Answer> => {
    const answer = await write;
    note();
    return answer;
  };
  return {
    ecs,
    taskSets: {
      of: (name) => taskSets.of(name),
      create: (...settings) => noted(taskSets.create(...settings)),
      scaleUp: (...set) => noted(taskSets.scaleUp(...set)),
      makePrimary: (...set) => noted(taskSets.makePrimary(...set)),
    },
    balancer: {
      forwardings: (groups) => balancer.forwardings(groups),
      of: (listeners) => balancer.of(listeners),
      again: (places) => balancer.again(places),
      healthy: (group) => balancer.healthy(group),
      change: (...change) => noted(balancer.change(...change)),
    },
  };
}

/**
 * Returns whether an earlier try wrote without finishing: it made the task set, or the task set has the traffic and
 * lacks only the mark. Among several listeners or rules, moved and unmoved ones look like a canary.
 */
export function isBegun(position: Position, ownId: string): boolean {
  const lacksMark = stageOf(position) === 'take-over' && toMove(position).length === 0;
  return position.set.externalId === ownId || lacksMark;
}
