import { configurationOf } from '../configuration.ts';
import { tell } from '../events.ts';
import type { Group, Refresh } from '../model.ts';
import type { AutoScalingState } from '../state.ts';
import { isReversible, rollBack } from './rollback.ts';

/** Everything is replaced: it bakes, and then the group's configuration is what was deployed. */
export function complete(state: AutoScalingState, group: Group, refresh: Refresh): void {
  if (refresh.status === 'RollbackInProgress') {
    end(state, refresh, 'RollbackSuccessful');
    refresh.percentage = 0;
    tell(state, group, refresh, 'Rollback Succeeded');
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
  tell(state, group, refresh, 'Succeeded');
}

/** It rolls back by itself where that was asked for; otherwise everything stays as it is. */
export function fail(state: AutoScalingState, group: Group, refresh: Refresh, reason: string): void {
  refresh.reason = reason;
  if (refresh.status === 'RollbackInProgress') {
    end(state, refresh, 'RollbackFailed');
    tell(state, group, refresh, 'Rollback Failed');
    return;
  }
  if (refresh.preferences.AutoRollback === true && isReversible(state, group, refresh)) {
    rollBack(state, group, refresh, 'Automatic rollback');
    return;
  }
  end(state, refresh, 'Failed');
  tell(state, group, refresh, 'Failed');
}

/** Waits for launches and terminations only where that was asked for (API_CancelInstanceRefresh). */
export function cancelled(state: AutoScalingState, group: Group, refresh: Refresh): void {
  const isMoving = group.instances.some(
    ({ lifecycle }) => lifecycle === 'Pending' || lifecycle === 'Terminating',
  );
  if (isMoving && state.clock.now() < refresh.holdsUntil) return;
  end(state, refresh, 'Cancelled');
  tell(state, group, refresh, 'Cancelled');
}

function end({ clock }: AutoScalingState, refresh: Refresh, status: Refresh['status']): void {
  refresh.status = status;
  refresh.endedAt = clock.now();
}
