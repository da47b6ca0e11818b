import { isNamed } from '../../../src/aws/errors.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { Unavailable, UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { AutoScaling, Goal, Group, Refresh } from './autoscaling.ts';
import type { Memo } from './memo.ts';
import { atFault, deploysWanted, newerThan, putSince, untouched } from './newer.ts';
import { misfit } from './overrides.ts';
import { idOf } from './revision.ts';
import { ROLL_BACK } from './rungs.ts';
import { isActive, isInFlight, wentBack } from './status.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';

/** Takes the refresh's place while the group launches or ends instances, because it cannot be changed then. */
export const SCALING = 'scaling activities';

export function revertWith({
  autoscaling,
}: {
  readonly autoscaling: AutoScaling;
}): Mechanism<Memo>['revert'] {
  return async (rollback) => {
    const name = groupOf(rollback.request.target);
    if (rollback.plan.rungs[rollback.rung]?.name === ROLL_BACK)
      return join(await autoscaling.refreshes(name), rollback);
    const [refreshes, group] = await Promise.all([autoscaling.refreshes(name), autoscaling.group(name)]);
    return refresh(autoscaling, { refreshes, group }, rollback);
  };
}

/** Writes nothing: Stop has requested the rollback, or Auto Scaling began it natively. */
function join(refreshes: readonly Refresh[], { plan, stopped }: OnRung<Memo>): RevertResult {
  const known = atFault(refreshes, plan);
  if (known === null) return { state: 'failed', reason: 'Auto Scaling no longer knows the instance refresh' };
  const { id, status } = known;
  // AWS may still show the status from before the requested rollback.
  const isRequested = stopped?.state === 'reverting' && isInFlight(status);
  if (isRequested || wentBack(status)) return { state: 'joined', deployment: id };
  return { state: 'failed', reason: `the instance refresh is ${status}: Auto Scaling does not roll it back` };
}

/**
 * Sets the wanted version on the group and replaces the instances. If a newer refresh deploys that version, an earlier
 * try started it. Any other newer refresh may be the fix, and stays. While a refresh is being cancelled, Settle polls
 * it until the next one can start.
 */
async function refresh(
  autoscaling: AutoScaling,
  { refreshes, group }: { readonly refreshes: readonly Refresh[]; readonly group: Group | null },
  { request, plan }: OnRung<Memo>,
): Promise<RevertResult> {
  const [newer] = newerThan(refreshes, plan);
  if (newer !== undefined)
    return deploysWanted(newer, plan)
      ? { state: 'started', deployment: newer.id }
      : { state: 'failed', reason: `a newer instance refresh took over: ${newer.id}` };
  const old = atFault(refreshes, plan);
  if (old !== null && isActive(old.status)) {
    if (old.status !== 'Cancelling') await autoscaling.cancel(groupOf(request.target));
    return { state: 'started', deployment: old.id };
  }
  if (group?.saved == null)
    throw new UnsupportedTarget(`${request.target}: there is no such Auto Scaling group`);
  return start(autoscaling, group, refreshes, plan);
}

/**
 * Changes the group first, so that all new instances run the good version; then replaces the instances. The refresh
 * names the version again: that identifies it, and its rollback could bring back nothing else.
 */
async function start(
  autoscaling: AutoScaling,
  group: Group,
  refreshes: readonly Refresh[],
  plan: OnRung<Memo>['plan'],
): Promise<RevertResult> {
  const { to } = plan.memo;
  const put = putSince(group, refreshes, plan);
  if (put !== null)
    return {
      state: 'failed',
      reason: `${put} was put on the group after the plan was made; Lastgood leaves it`,
    };
  const unfit = misfit(group, to);
  if (unfit !== null)
    return { state: 'failed', reason: `the group was changed after the plan was made: ${unfit}` };
  const says = group.saved === null ? '' : idOf(group.saved);
  let isPut = says !== untouched(refreshes, plan);
  try {
    if (says !== plan.to.id) {
      await autoscaling.put(group, to);
      isPut = true;
    }
    return { state: 'started', deployment: await refreshTo(autoscaling, group, to) };
  } catch (error) {
    if (isNamed(error, 'ValidationError', 'LimitExceededFault'))
      return { state: 'failed', reason: `${error.name}: ${error.message}`, ...(isPut && { touched: true }) };
    if (isNamed(error, 'ScalingActivityInProgressFault')) return { state: 'started', deployment: SCALING };
    // A retry finds out which refresh that is.
    if (isNamed(error, 'InstanceRefreshInProgressFault', 'ResourceContentionFault'))
      throw new Unavailable(`${error.name}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Replaces the instances where AWS refuses to replace their root volumes. Unknown: root-volume-refusals. */
async function refreshTo(autoscaling: AutoScaling, group: Group, to: Goal): Promise<string> {
  if (to.rootsKeeping === undefined) return autoscaling.refresh(group, to);
  try {
    return await autoscaling.refresh(group, to);
  } catch (error) {
    if (!isNamed(error, 'ValidationError')) throw error;
    return autoscaling.refresh(group, { ...to, rootsKeeping: undefined });
  }
}
