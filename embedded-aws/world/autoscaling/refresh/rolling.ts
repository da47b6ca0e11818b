import { goalOf, runs, sourceOf } from '../configuration.ts';
import { isReady, isWell } from '../health.ts';
import { counted, launch, living, terminate } from '../instances.ts';
import type { Configuration, Group, Instance, Refresh } from '../model.ts';
import type { AutoScalingState } from '../state.ts';
import { bounds, warmupOf } from './preferences.ts';

const CAUSE = 'an instance was replaced as part of an instance refresh';

/** The progress of a rolling replacement. */
export interface Standing {
  readonly goal: Configuration;
  /** Instances that can be replaced now, unhealthy ones first. */
  readonly replaceable: readonly Instance[];
  /** Instances that a person must release before they can be replaced. */
  readonly held: readonly Instance[];
  /** Replacements that are in service, warm and healthy. */
  readonly ready: readonly Instance[];
  readonly percentage: number;
}

export function standingOf(state: AutoScalingState, group: Group, refresh: Refresh): Standing {
  const goal = goalOf(state, group, refresh);
  const source = sourceOf(state, goal);
  const isNew = (instance: Instance) => isDone(instance, refresh, runs(instance, goal, source));
  const old = living(group).filter((instance) => !isNew(instance) && !isIgnored(instance, refresh));
  const held = old.filter((instance) => isHeld(instance, refresh));
  const warmup = warmupOf(group, refresh.preferences);
  const ready = counted(group).filter((one) => isNew(one) && isReady(state, group, one, warmup));
  const replaceable = old
    .filter((instance) => !held.includes(instance))
    .toSorted((a, b) => Number(isWell(state, group, a)) - Number(isWell(state, group, b)));
  const percentage = Math.floor((100 * ready.length) / Math.max(1, group.desired, ready.length + old.length));
  return { goal, replaceable, held, ready, percentage };
}

/**
 * Returns whether an instance is replaced. A rollback replaces only the instances deployed so far, whatever they run.
 */
function isDone(
  { root: { since } }: Instance,
  { rollback, preferences, startedAt }: Refresh,
  isGoal: boolean,
): boolean {
  if (rollback !== undefined) return since < startedAt || (since >= rollback.startedAt && isGoal);
  return isGoal && (preferences.SkipMatching === true || since >= startedAt);
}

function isIgnored({ isProtected, lifecycle }: Instance, { preferences }: Refresh): boolean {
  return (
    (isProtected && preferences.ScaleInProtectedInstances === 'Ignore') ||
    (lifecycle === 'Standby' && preferences.StandbyInstances === 'Ignore')
  );
}

function isHeld({ isProtected, lifecycle }: Instance, { preferences }: Refresh): boolean {
  return (
    (isProtected && preferences.ScaleInProtectedInstances === 'Wait') ||
    (lifecycle === 'Standby' && preferences.StandbyInstances === 'Wait')
  );
}

/**
 * Replaces as many instances as the healthy percentages allow. With a maximum percentage, new instances launch first.
 * Without one, an instance ends while its replacement launches (API_RefreshPreferences).
 * @returns how many instances were launched or ended
 */
export function replace(state: AutoScalingState, group: Group, refresh: Refresh, standing: Standing): number {
  const { minInstances, maxInstances } = bounds(group, refresh.preferences);
  const launched = maxInstances === null ? 0 : launchFirst(state, group, standing, maxInstances);
  const going = endable(state, group, refresh, standing, minInstances, maxInstances);
  for (const instance of going) terminate(state, group, instance, CAUSE);
  return launched + going.length;
}

function launchFirst(
  state: AutoScalingState,
  group: Group,
  standing: Standing,
  maxInstances: number,
): number {
  const present = counted(group).length;
  const coming = present - standing.replaceable.length - standing.held.length;
  const missing = Math.min(group.desired - coming, maxInstances - present, standing.replaceable.length);
  let launched = 0;
  while (launched < missing && launch(state, group, standing.goal, CAUSE)) launched++;
  return launched;
}

function endable(
  state: AutoScalingState,
  group: Group,
  { preferences }: Refresh,
  { replaceable }: Standing,
  minInstances: number,
  maxInstances: number | null,
): readonly Instance[] {
  const warmup = warmupOf(group, preferences);
  const ready = counted(group).filter((instance) => isReady(state, group, instance, warmup));
  const sick = replaceable.filter((instance) => !ready.includes(instance));
  const room = Math.max(0, ready.length - minInstances);
  if (maxInstances !== null) return [...(room > 0 ? sick : []), ...without(replaceable, sick).slice(0, room)];
  const settled = ready.length + sick.length === counted(group).length;
  if (!settled) return [];
  return replaceable.slice(0, Math.max(1, room));
}

function without(all: readonly Instance[], some: readonly Instance[]): readonly Instance[] {
  return all.filter((instance) => !some.includes(instance));
}
