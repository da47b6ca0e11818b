import type { Clients } from './clients.ts';
import { stageOf, toMove, type Position } from './stages.ts';

export type Writers = Pick<Clients, 'ecs' | 'taskSets' | 'balancer'>;

/** The same clients, which note each write that went through: a way back of several writes may be refused at the second. */
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
      healthy: (group) => balancer.healthy(group),
      change: (...change) => noted(balancer.change(...change)),
    },
  };
}

/**
 * Whether an earlier try wrote and did not come to its end: the task set is ours, or it has the traffic and lacks only the
 * mark. Where several listeners or rules carry traffic, some that moved and some that did not cannot be told from a canary.
 */
export function isBegun(position: Position, ours: string): boolean {
  const lacksMark = stageOf(position) === 'take-over' && toMove(position).length === 0;
  return position.set.externalId === ours || lacksMark;
}
