import { publish } from '../events.ts';
import { counted } from '../instances.ts';
import { activeRefresh, type Group, type Refresh } from '../model.ts';
import type { AutoScalingState } from '../state.ts';
import { isAtCheckpoint } from './checkpoints.ts';
import { cancelled, complete, fail } from './end.ts';
import { replace, standingOf, type Standing } from './rolling.ts';
import { replaceRoots } from './root-volumes.ts';

/**
 * A refresh waits up to 60 minutes for new instances to pass their health checks, then fails. Replacing unhealthy ones
 * does not count as progress. https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
 */
const HEALTH_TIMEOUT_MS = 60 * 60_000;
const SUSPENDING = ['InstanceRefresh', 'Launch', 'Terminate'];

/** Advances the refresh or rollback in progress in a group. */
export function stepRefresh(state: AutoScalingState, group: Group): void {
  const refresh = activeRefresh(group);
  if (refresh === null) return;
  if (refresh.status === 'Pending') begin(state, group, refresh);
  const alarm = alarmOf(state, refresh);
  if (refresh.status === 'Cancelling') cancelled(state, group, refresh);
  else if (alarm !== null) fail(state, group, refresh, alarm);
  else if (refresh.status === 'Baking') bake(state, group, refresh);
  else if (!SUSPENDING.some((process) => group.suspended.has(process))) advance(state, group, refresh);
}

function begin(state: AutoScalingState, group: Group, refresh: Refresh): void {
  refresh.status = 'InProgress';
  publish(state, group, refresh, 'Started');
}

function advance(state: AutoScalingState, group: Group, refresh: Refresh): void {
  const standing = standingOf(state, group, refresh);
  report(refresh, standing);
  if (standing.ready.length > refresh.furthest) {
    refresh.furthest = standing.ready.length;
    refresh.stuckSince = state.clock.now();
  }
  if (isOver(group, standing)) {
    complete(state, group, refresh);
  } else if (!isAtCheckpoint(state, group, refresh)) {
    if (refresh.strategy === 'ReplaceRootVolume') replaceRoots(state, group, refresh, standing);
    else replace(state, group, refresh, standing);
    wait(state, group, refresh);
  }
}

function isOver(group: Group, { replaceable, held, ready }: Standing): boolean {
  const present = counted(group).length;
  return replaceable.length + held.length === 0 && present <= group.desired && ready.length >= group.desired;
}

function wait(state: AutoScalingState, group: Group, refresh: Refresh): void {
  if (state.clock.now() - refresh.stuckSince > HEALTH_TIMEOUT_MS)
    fail(state, group, refresh, 'The instance refresh made no progress for one hour.');
}

function report(refresh: Refresh, { percentage, replaceable, held }: Standing): void {
  refresh.toUpdate = replaceable.length + held.length;
  if (refresh.status === 'RollbackInProgress') {
    // Decreases to zero during a rollback (API_InstanceRefresh).
    refresh.percentage = Math.min(refresh.percentage, 100 - percentage);
    return;
  }
  refresh.percentage = percentage;
  refresh.reason =
    held.length === 0
      ? 'Waiting for instances to warm up before continuing.'
      : `Waiting for ${held.length} instances that are in Standby or protected from scale in.`;
}

function alarmOf({ alarms }: AutoScalingState, { status, preferences }: Refresh): string | null {
  if (status === 'RollbackInProgress') return null;
  const names = preferences.AlarmSpecification?.Alarms ?? [];
  const red = names.find((name) => alarms.alarmState(name) === 'ALARM');
  return red === undefined ? null : `The CloudWatch alarm ${red} went into ALARM state.`;
}

function bake(state: AutoScalingState, group: Group, refresh: Refresh): void {
  if (state.clock.now() >= (refresh.bakesUntil ?? 0)) complete(state, group, refresh);
}
