import type { Forwarding } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';

/** The task sets of a service by the part they play. */
export interface Sides {
  /** What is being rolled out or was rolled out last. */
  readonly atFault: TaskSet;
  /** True while another one still counts as the one that serves. */
  readonly isInFlight: boolean;
  /** Older ones that still exist, the one that serves first and then the newest. */
  readonly older: readonly TaskSet[];
}

/**
 * The newest task set is the deployment; one that was taken back before and that gets no traffic is none any more.
 * Null: no task set serves, or none exists.
 */
export function sidesOf(
  sets: readonly TaskSet[],
  forwardings: readonly Forwarding[],
  condemned: ReadonlySet<string>,
): Sides | null {
  const primary = sets.find(({ isPrimary }) => isPrimary);
  const isTakenBack = (set: TaskSet) =>
    !set.isPrimary && condemned.has(set.settings.taskDefinition) && !hasTraffic(set, forwardings);
  const atFault = sets.find((set) => !isTakenBack(set));
  if (atFault === undefined || primary === undefined) return null;
  const older = sets.filter(
    (set) => set !== atFault && Date.parse(set.createdAt) <= Date.parse(atFault.createdAt),
  );
  return {
    atFault,
    isInFlight: !atFault.isPrimary,
    older: older.toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary)),
  };
}

function hasTraffic(set: TaskSet, forwardings: readonly Forwarding[]): boolean {
  const groups = targetGroupsOf(set);
  return forwardings.some(({ actions }) => groups.some((group) => (weightsIn(actions).get(group) ?? 0) > 0));
}
