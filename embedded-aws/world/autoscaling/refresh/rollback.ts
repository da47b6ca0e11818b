import { isNumbered, sourceOf } from '../configuration.ts';
import { publish } from '../events.ts';
import type { Group, Refresh } from '../model.ts';
import type { AutoScalingState } from '../state.ts';

/** Returns whether a refresh can be rolled back: API_RollbackInstanceRefresh, Amazon EC2 Auto Scaling. */
export function isReversible(
  state: AutoScalingState,
  { configuration }: Group,
  { desired }: Refresh,
): boolean {
  if (desired === undefined || !isNumbered(configuration.template.version)) return false;
  return sourceOf(state, configuration)?.imageId.startsWith('resolve:ssm:') === false;
}

/** Replaces the instances deployed so far by the group's own configuration, or their root volumes. Unknown: root-volume-rollback. */
export function rollBack(state: AutoScalingState, group: Group, refresh: Refresh, reason: string): void {
  const { percentage, toUpdate } = refresh;
  refresh.rollback = { reason, startedAt: state.clock.now(), percentage, toUpdate };
  refresh.status = 'RollbackInProgress';
  refresh.stuckSince = state.clock.now();
  refresh.furthest = 0;
  publish(state, group, refresh, 'Rollback Started');
}
