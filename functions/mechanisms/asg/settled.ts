import { awaiting } from '../../../src/rollback/awaiting.ts';
import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import { overtaken, takenOver, type Newer } from '../../../src/rollback/taken-over.ts';
import type { Arrival } from '../../../src/rollback/way-back.ts';
import type { AutoScaling, Group, Instance, Refresh } from './autoscaling.ts';
import type { Memo } from './memo.ts';
import { newerThan, putSince } from './newer.ts';
import { SCALING } from './revert.ts';
import { idOf, isOf } from './revision.ts';
import { ROLL_BACK } from './rungs.ts';
import { isActive, isInFlight, isRollingBack } from './status.ts';
import { hinderedBySuspension } from './suspended.ts';
import { fewest } from './watch.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';

type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/** Polls the refresh that goes back, by its id, and the versions that the instances run. */
export function settledWith({
  autoscaling,
}: {
  readonly autoscaling: AutoScaling;
}): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, rung }) => {
    const name = groupOf(request.target);
    const group = await autoscaling.group(name);
    if (group === null || group.isLeaving) return gone('the group is gone');
    const refreshes = await autoscaling.refreshes(name);
    const followed = refreshes.find(({ id }) => id === reverted.deployment);
    if (followed === undefined && reverted.deployment !== SCALING)
      return { state: 'failed', reason: `Auto Scaling no longer knows ${reverted.deployment}` };
    const [newest] = newerThan(refreshes, plan);
    const isOther = newest !== undefined && newest.id !== reverted.deployment;
    const taken = isOther
      ? await takenOver({ request, plan }, newerRefresh(newest), () => ofSame(newest, group, plan))
      : anotherPut(group, refreshes, plan);
    if (taken !== null) return isOther ? awaiting(request.target, hinderedWith(group, taken)) : taken;
    if (followed === undefined) return hinderedWith(group, scaling(group, plan));
    const poll = hinderedWith(group, pollOf(followed, group, plan, rung));
    const isUnderWay = isInFlight(followed.status) || isRollingBack(followed.status);
    const found = await hinderedBy(poll, () => autoscaling.refusedLaunch(name, reverted.at));
    return isUnderWay ? awaiting(request.target, found) : found;
  };
}

/** Adds the suspended processes for which the way back waits. A person may suspend one after the plan. */
function hinderedWith(group: Group, poll: Poll): Poll {
  const hindered = poll.state === 'pending' ? hinderedBySuspension(group) : null;
  if (poll.state !== 'pending' || hindered === null) return poll;
  const { why, command } = hindered;
  const cure = `Run ${command}.`;
  return {
    ...poll,
    summary: `${poll.summary}; ${why}`,
    hindrance: `It waits, because ${why}. ${cure}`,
    cure,
  };
}

/** Adds why the group launches no instance, which a refresh says only when it has given up. A failed read ends nothing. */
async function hinderedBy(poll: Poll, refusedLaunch: () => Promise<string | null>): Promise<Poll> {
  if (poll.state !== 'pending' || poll.hindrance !== undefined) return poll;
  const says = await refusedLaunch().catch(() => null);
  if (says === null) return poll;
  const hindrance = `Auto Scaling says: ${says}`;
  return { ...poll, summary: `${poll.summary}. ${hindrance}`, hindrance };
}

function pollOf(followed: Refresh, group: Group, plan: WithWay, rung: number): Poll {
  if (plan.rungs[rung]?.name === ROLL_BACK) return awsRollback(followed, group, plan);
  return followed.id === plan.memo.refresh ? freeing(followed, plan) : redeployed(followed, group, plan);
}

function newerRefresh({ id }: Refresh): Newer {
  return { by: id, reason: `a newer instance refresh took over: ${id}` };
}

/** Polls a newer refresh of the wanted version. Without a version of its own it deploys the group's. Null: of another. */
function ofSame(newest: Refresh, group: Group, plan: WithWay): Poll | null {
  const deployed = newest.desired ?? group.saved;
  return deployed !== null && idOf(deployed) === plan.to.id ? redeployed(newest, group, plan) : null;
}

/** Returns whether another version was put on the group. That has overtaken the rollback, which then ends. */
function anotherPut(group: Group, refreshes: readonly Refresh[], plan: WithWay): Poll | null {
  const put = putSince(group, refreshes, plan);
  return put === null
    ? null
    : overtaken({ by: put, reason: `${put} was put on the group during the rollback` });
}

/**
 * Returns whether the version was changed after the way back, which left the wanted one on the group. Then the next
 * launched instance would run another version, perhaps the one at fault.
 */
function putBack({ saved }: Group, { to }: WithWay): Poll | null {
  const says = saved === null ? '' : idOf(saved);
  if (says === to.id) return null;
  return overtaken({ by: says, reason: `${says} was put on the group after the rollback` });
}

/** Waits until the refresh at fault has ended, because a group can have only one refresh in flight. */
function freeing({ id, status }: Refresh, { to }: WithWay): Poll {
  if (isActive(status)) return { state: 'pending', summary: `instance refresh ${id} is being cancelled` };
  return { state: 'due', summary: `${id} is ${status}: ${to.name} can be put on the group` };
}

/** Waits for scaling activities. AWS does not say which ones count, so it polls for instances that launch or end. */
function scaling({ instances }: Group, { to }: WithWay): Poll {
  const busy = instances.filter(({ lifecycle }) =>
    /^(Pending|Terminating|Entering|Replacing|RootVolume)/.test(lifecycle),
  ).length;
  if (busy > 0)
    return {
      state: 'pending',
      summary: `${busy} instances are launching or ending; the group waits for them`,
    };
  return { state: 'due', summary: `no instance is launching or ending: ${to.name} can be put on the group` };
}

function awsRollback(refresh: Refresh, group: Group, plan: WithWay): Poll {
  const { status, reason } = refresh;
  if (isInFlight(status) || isRollingBack(status)) return pending(refresh, group, plan);
  if (status === 'RollbackSuccessful') return putBack(group, plan) ?? natively(refresh, group, plan);
  return { state: 'failed', reason: `the rollback of Auto Scaling ended as ${status}${because(reason)}` };
}

/** Says that AWS went back, where Lastgood found the rollback under way and the refresh itself was to begin it. */
function natively(refresh: Refresh, group: Group, plan: WithWay): Poll {
  const poll = steady(refresh, group, plan);
  const isOfAws = plan.state === 'join' && refresh.goesBack;
  return poll.state === 'settled' && isOfAws ? { ...poll, byItself: true } : poll;
}

function redeployed(refresh: Refresh, group: Group, plan: WithWay): Poll {
  const { status, reason } = refresh;
  if (isActive(status)) return pending(refresh, group, plan);
  if (status === 'Successful') return putBack(group, plan) ?? steady(refresh, group, plan);
  return { state: 'failed', reason: `replacing the instances ended as ${status}${because(reason)}` };
}

/** Returns settled if all desired instances are in service, healthy and on the right version, and no others serve. */
function steady(refresh: Refresh, group: Group, plan: WithWay): Poll {
  const { right, others } = census(group, plan.to.id);
  if (right < group.desired || others > 0) return pending(refresh, group, plan);
  return {
    state: 'settled',
    summary: `${right} of ${group.desired} ${named(group)} run ${plan.to.name} and no others do`,
    ...resized(group, plan),
  };
}

/** Returns the watched target groups where another desired capacity was set since the plan: an autoscaler acts on. */
function resized(group: Group, { watch }: WithWay): Pick<Arrival, 'targetGroups'> {
  const wanted = fewest(group);
  if (watch.targetGroups.every((one) => one.wanted === wanted)) return {};
  return { targetGroups: watch.targetGroups.map((one) => ({ ...one, wanted })) };
}

function pending({ status, percentage, reason }: Refresh, group: Group, { to }: WithWay): Poll {
  const { right, others } = census(group, to.id);
  const done = isRollingBack(status) ? 'rolling back' : `${percentage} %`;
  return {
    state: 'pending',
    summary: `${right} of ${group.desired} ${named(group)} run ${to.name}, ${others} run another version (${done}${because(reason)})`,
  };
}

/** Counts units of capacity. An instance in standby serves no users and stays with the operator who put it there. */
function census({ instances }: Group, wanted: string): { readonly right: number; readonly others: number } {
  const inService = instances.filter(({ lifecycle }) => lifecycle === 'InService');
  const right = inService.filter(({ revision, isHealthy }) => isOf(revision, wanted) && isHealthy);
  const others = inService.filter(({ revision }) => !isOf(revision, wanted));
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
