import type { RefreshPreferences } from '@aws-sdk/client-auto-scaling';
import type { Group } from '../model.ts';

/** Fills in the documented defaults. The healthy percentages come from the group's policy if it has one. */
export function completed(group: Group, given: RefreshPreferences = {}): RefreshPreferences {
  return {
    ...given,
    MinHealthyPercentage: given.MinHealthyPercentage ?? group.maintenance?.min ?? 90,
    ...(given.MaxHealthyPercentage === undefined &&
      given.MinHealthyPercentage === undefined &&
      group.maintenance !== undefined && { MaxHealthyPercentage: group.maintenance.max }),
    SkipMatching: given.SkipMatching ?? false,
    AutoRollback: given.AutoRollback ?? false,
    ScaleInProtectedInstances: given.ScaleInProtectedInstances ?? 'Wait',
    StandbyInstances: given.StandbyInstances ?? 'Wait',
    ...(given.CheckpointPercentages !== undefined && { CheckpointDelay: given.CheckpointDelay ?? 3600 }),
  };
}

export function warmupOf(
  { warmupSeconds, graceSeconds }: Group,
  { InstanceWarmup }: RefreshPreferences,
): number {
  return InstanceWarmup ?? warmupSeconds ?? graceSeconds;
}

/** Returns the minimum and maximum number of instances during the refresh, of the desired capacity. */
export function bounds(
  { desired }: Group,
  { MinHealthyPercentage: min = 90, MaxHealthyPercentage: max }: RefreshPreferences,
): { readonly minInstances: number; readonly maxInstances: number | null } {
  const minInstances = Math.ceil((desired * min) / 100);
  if (max === undefined) return { minInstances, maxInstances: null };
  if (desired === 0) return { minInstances, maxInstances: 0 };
  // If the two leave no room, one extra instance is launched first (API_RefreshPreferences).
  return {
    minInstances,
    maxInstances: Math.max(Math.floor((desired * max) / 100), minInstances === desired ? desired + 1 : 0),
  };
}
