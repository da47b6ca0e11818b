import type { Poll } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { AutoScaling, Group, Instance, Refresh } from './autoscaling.ts';
import type { Memo } from './memo.ts';
import { newerThan, putMeanwhile } from './newer.ts';
import { SCALING } from './revert.ts';
import { idOf } from './revision.ts';
import { ROLL_BACK } from './rungs.ts';
import { isActive, isInFlight, isRollingBack } from './status.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';

type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/** Polls the refresh that goes back, by its id, and at which versions the instances run. */
export function settledWith({
  autoscaling,
}: {
  readonly autoscaling: AutoScaling;
}): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, rung }) => {
    const name = groupOf(request.target);
    const group = await autoscaling.group(name);
    if (group === null || group.isLeaving) return { state: 'failed', reason: 'the group is gone' };
    const refreshes = await autoscaling.refreshes(name);
    if (reverted.deployment === SCALING)
      return overtaken(refreshes, SCALING, group, plan) ?? scaling(group, plan);
    const followed = refreshes.find(({ id }) => id === reverted.deployment);
    if (followed === undefined)
      return { state: 'failed', reason: `Auto Scaling no longer knows ${reverted.deployment}` };
    const taken = overtaken(refreshes, followed.id, group, plan);
    if (taken !== null) return taken;
    if (plan.rungs[rung]?.name === ROLL_BACK) return awsRollback(followed, group, plan);
    return followed.id === plan.memo.refresh ? freeing(followed, plan) : redeployed(followed, group, plan);
  };
}

/** By a newer refresh, or by another version on the group: what hurts is not put back by going forward. */
function overtaken(
  refreshes: readonly Refresh[],
  followed: string,
  group: Group,
  plan: WithWay,
): Poll | null {
  const [newest] = newerThan(refreshes, plan);
  if (newest !== undefined && newest.id !== followed)
    return {
      state: 'overtaken',
      by: newest.id,
      reason: `a newer instance refresh took over: ${newest.id}`,
    };
  const put = putMeanwhile(group, refreshes, plan);
  return put === null ? null : { state: 'overtaken', by: put, reason: `somebody put ${put} on the group` };
}

/**
 * A way back that succeeded leaves the wanted version on the group. Any other version, the one at fault too, was put there
 * since: the next instance to be launched would run it.
 */
function putBack({ saved }: Group, { to }: WithWay): Poll | null {
  const says = saved === null ? '' : idOf(saved);
  if (says === to.id) return null;
  return { state: 'overtaken', by: says, reason: `${says} was put on the group after the way back` };
}

/** A group has room for one refresh: the one at fault has to be out of the way first. */
function freeing({ id, status }: Refresh, { to }: WithWay): Poll {
  if (isActive(status)) return { state: 'pending', summary: `instance refresh ${id} is being cancelled` };
  return { state: 'due', summary: `${id} is ${status}: ${to.name} can be put on the group` };
}

/** Which scaling activities are meant AWS does not say; instances that come or go are what can be seen of them. */
function scaling({ instances }: Group, { to }: WithWay): Poll {
  const busy = instances.filter(({ lifecycle }) => /^(Pending|Terminating|Entering)/.test(lifecycle)).length;
  if (busy > 0)
    return { state: 'pending', summary: `${busy} instances come or go, the group waits for them` };
  return { state: 'due', summary: `no instance comes or goes: ${to.name} can be put on the group` };
}

function awsRollback(refresh: Refresh, group: Group, plan: WithWay): Poll {
  const { status, reason } = refresh;
  if (isInFlight(status) || isRollingBack(status)) return pending(refresh, group, plan);
  if (status === 'RollbackSuccessful') return putBack(group, plan) ?? steady(refresh, group, plan);
  return { state: 'failed', reason: `the rollback of Auto Scaling ended as ${status}${because(reason)}` };
}

function redeployed(refresh: Refresh, group: Group, plan: WithWay): Poll {
  const { status, reason } = refresh;
  if (isActive(status)) return pending(refresh, group, plan);
  if (status === 'Successful') return putBack(group, plan) ?? steady(refresh, group, plan);
  return { state: 'failed', reason: `replacing the instances ended as ${status}${because(reason)}` };
}

/** As many as are desired now, in service and healthy, on the right version, and none in service on another. */
function steady(refresh: Refresh, group: Group, plan: WithWay): Poll {
  const { right, others } = census(group, plan.to.id);
  if (right < group.desired || others > 0) return pending(refresh, group, plan);
  return {
    state: 'settled',
    summary: `${right} of ${group.desired} ${named(group)} run ${plan.to.name} and no others do`,
  };
}

function pending({ status, percentage, reason }: Refresh, group: Group, { to }: WithWay): Poll {
  const { right, others } = census(group, to.id);
  const done = isRollingBack(status) ? 'rolling back' : `${percentage} %`;
  return {
    state: 'pending',
    summary: `${right} of ${group.desired} ${named(group)} run ${to.name}, ${others} something else (${done}${because(reason)})`,
  };
}

/** In units of capacity. An instance in standby serves nobody and is left to the person who put it there. */
function census({ instances }: Group, wanted: string): { readonly right: number; readonly others: number } {
  const inService = instances.filter(({ lifecycle }) => lifecycle === 'InService');
  const right = inService.filter(({ revision, isHealthy }) => revision === wanted && isHealthy);
  const others = inService.filter(({ revision }) => revision !== wanted);
  return { right: unitsOf(right), others: unitsOf(others) };
}

function unitsOf(instances: readonly Instance[]): number {
  return instances.reduce((sum, { units }) => sum + units, 0);
}

function named({ instances }: Group): string {
  return instances.some(({ units }) => units !== 1) ? 'units of capacity' : 'instances';
}

function because(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}
