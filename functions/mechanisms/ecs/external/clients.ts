import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Ecs } from '../ecs.ts';
import type { Registry } from '../images.ts';
import type { TaskSets } from '../task-sets/task-sets.ts';
import type { Balancer } from '../traffic/balancer.ts';

export interface Clients {
  readonly ecs: Ecs;
  readonly taskSets: TaskSets;
  readonly balancer: Balancer;
  readonly registry: Registry;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

/** The reads of a plan. Each task definition is read once. */
export interface Reads extends Pick<Clients, 'balancer' | 'registry'> {
  readonly ecs: Pick<Ecs, 'taskDefinition'>;
}
