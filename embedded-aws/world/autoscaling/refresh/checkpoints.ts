import { publish } from '../events.ts';
import type { Group, Refresh } from '../model.ts';
import type { AutoScalingState } from '../state.ts';

/**
 * Returns whether the refresh waits at a checkpoint. A rollback has none.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-adding-checkpoints-instance-refresh.html
 */
export function isAtCheckpoint(state: AutoScalingState, group: Group, refresh: Refresh): boolean {
  if (refresh.status !== 'InProgress') return false;
  const { CheckpointPercentages = [], CheckpointDelay = 3600 } = refresh.preferences;
  const next = CheckpointPercentages[refresh.checkpoint];
  if (next !== undefined && refresh.percentage >= next) {
    refresh.checkpoint++;
    refresh.holdsUntil = state.clock.now() + CheckpointDelay * 1000;
    publish(state, group, refresh, 'Checkpoint Reached');
  }
  const holds = state.clock.now() < refresh.holdsUntil;
  if (holds) refresh.stuckSince = state.clock.now();
  return holds;
}
