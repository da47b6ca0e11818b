import { condemnedIds, provenIds } from '../../../../src/ledger/among.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Begun } from '../controller.ts';
import type { Service } from '../ecs.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import type { Tagged } from '../traffic/balancer.ts';
import type { Clients } from './clients.ts';
import { sidesOf, type Sides } from './sides.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: ServiceName;
  readonly service: Service;
  readonly sets: readonly TaskSet[];
  /** The actions that send traffic to any of the task sets. */
  readonly forwardings: readonly Tagged[];
  readonly entries: readonly Entry[];
  readonly condemned: ReadonlySet<string>;
  /** Ids of the proven revisions, newest first. */
  readonly proven: readonly string[];
  /** Null: no task set serves. */
  readonly sides: Sides | null;
}

export async function survey({ request }: Plannable, begun: Begun, clients: Clients): Promise<Survey> {
  const { service } = begun;
  const name = serviceOf(request.target);
  const [sets, entries] = await Promise.all([clients.taskSets.of(name), begun.entries]);
  const forwardings = await clients.balancer.forwardings([...new Set(sets.flatMap(targetGroupsOf))]);
  return {
    name,
    service,
    sets,
    forwardings,
    entries,
    condemned: condemnedIds(entries),
    proven: provenIds(entries),
    sides: sidesOf(sets, forwardings),
  };
}
