import type { Forwarding } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';

/** The task sets of a service by their role. */
export interface Sides {
  /** The task set that is being rolled out, or was rolled out last. */
  readonly atFault: TaskSet;
  /** True while another one still counts as the serving one. */
  readonly isInFlight: boolean;
  /** Older ones that still exist, the serving one first and then the newest. */
  readonly older: readonly TaskSet[];
  /** Newer ones without traffic, newest first: prepared ones, and withdrawn ones. */
  readonly idle: readonly TaskSet[];
}

/**
 * Assigns the roles. The newest task set with traffic is the deployment: traffic, not the primary mark, decides which
 * one serves. Null: no task set has the mark, or none exists.
 */
export function sidesOf(sets: readonly TaskSet[], forwardings: readonly Forwarding[]): Sides | null {
  const isServed = sets.some((set) => hasTraffic(set, forwardings));
  const atFault = sets.find((set) => !isServed || hasTraffic(set, forwardings));
  if (atFault === undefined || !sets.some(({ isPrimary }) => isPrimary)) return null;
  const others = sets.filter((set) => set !== atFault);
  const isOlder = (set: TaskSet) => Date.parse(set.createdAt) <= Date.parse(atFault.createdAt);
  return {
    atFault,
    isInFlight: !atFault.isPrimary,
    older: others.filter(isOlder).toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary)),
    idle: others.filter((set) => !isOlder(set)),
  };
}

function hasTraffic(set: TaskSet, forwardings: readonly Forwarding[]): boolean {
  const groups = targetGroupsOf(set);
  return forwardings.some(({ actions }) => groups.some((group) => (weightsIn(actions).get(group) ?? 0) > 0));
}
