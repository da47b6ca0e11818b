import { configurationOf } from '../configuration.ts';
import { publish } from '../events.ts';
import type { Group, Refresh } from '../model.ts';
import type { AutoScalingState } from '../state.ts';
import { isReversible, rollBack } from './rollback.ts';

/** Ends the replacement: the refresh bakes, then sets the group's configuration to the deployed one. */
export function complete(state: AutoScalingState, group: Group, refresh: Refresh): void {
  if (refresh.status === 'RollbackInProgress') {
    end(state, refresh, 'RollbackSuccessful');
    refresh.percentage = 0;
    publish(state, group, refresh, 'Rollback Succeeded');
    return;
  }
  const bake = refresh.preferences.BakeTime ?? 0;
  if (refresh.status === 'InProgress' && bake > 0) {
    refresh.status = 'Baking';
    refresh.bakesUntil = state.clock.now() + bake * 1000;
    return;
  }
  group.configuration = configurationOf(state, refresh.desired ?? {}) ?? group.configuration;
  refresh.percentage = 100;
  refresh.reason = '';
  end(state, refresh, 'Successful');
  publish(state, group, refresh, 'Succeeded');
}

/** Fails the refresh. Rolls back automatically if requested; otherwise leaves everything as it is. */
export function fail(state: AutoScalingState, group: Group, refresh: Refresh, reason: string): void {
  refresh.reason = reason;
  if (refresh.status === 'RollbackInProgress') {
    end(state, refresh, 'RollbackFailed');
    publish(state, group, refresh, 'Rollback Failed');
    return;
  }
  if (refresh.preferences.AutoRollback === true && isReversible(state, group, refresh)) {
    rollBack(state, group, refresh, 'Automatic rollback');
    return;
  }
  end(state, refresh, 'Failed');
  publish(state, group, refresh, 'Failed');
}

/** Cancels the refresh. Waits for launches and terminations only if requested (API_CancelInstanceRefresh). */
export function cancelled(state: AutoScalingState, group: Group, refresh: Refresh): void {
  const isMoving = group.instances.some(
    ({ lifecycle }) => lifecycle === 'Pending' || lifecycle === 'Terminating',
  );
  if (isMoving && state.clock.now() < refresh.holdsUntil) return;
  end(state, refresh, 'Cancelled');
  publish(state, group, refresh, 'Cancelled');
}

function end({ clock }: AutoScalingState, refresh: Refresh, status: Refresh['status']): void {
  refresh.status = status;
  refresh.endedAt = clock.now();
}
