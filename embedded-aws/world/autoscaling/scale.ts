import { goalOf } from './configuration.ts';
import { counted, launch, terminate } from './instances.ts';
import { activeRefresh, type Configuration, type Group, type Instance } from './model.ts';
import { bounds } from './refresh/preferences.ts';
import type { AutoScalingState } from './state.ts';

/** Delay before a failed launch is retried. AWS backs off and gives no figure. */
const RETRY_MS = 30_000;

/**
 * Scales the group to its desired capacity, also during a refresh. Unknown: scale-in-during-refresh. The page says that
 * scaling goes on, and not which instances go. Assumed: those of a scale-in outside a refresh; so with a desired
 * capacity of zero all go, and the refresh succeeds, because nothing is left to replace.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
 */
export function scale(state: AutoScalingState, group: Group): void {
  const present = counted(group).length;
  const missing = group.desired - present;
  if (missing > 0 && !group.suspended.has('Launch') && !failedJustNow(state, group))
    for (let started = 0; started < missing; started++)
      if (
        !launch(
          state,
          group,
          launched(state, group),
          difference('an instance was started', 'increasing', present, group),
        )
      )
        return;
  const excess = present - mostAllowed(group);
  if (excess > 0 && !group.suspended.has('Terminate'))
    for (const instance of surplus(group).slice(0, excess))
      terminate(
        state,
        group,
        instance,
        difference('an instance was taken out of service', 'shrinking', present, group),
      );
  if (counted(group).length === group.desired) group.asked = '';
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html */
function difference(what: string, how: string, from: number, { desired }: Group): string {
  return `${what} in response to a difference between desired and actual capacity, ${how} the capacity from ${from} to ${desired}`;
}

/** Returns the maximum number of instances. A refresh may launch replacements before it ends the old instances. */
function mostAllowed(group: Group): number {
  const refresh = activeRefresh(group);
  if (refresh === null) return group.desired;
  return Math.max(group.desired, bounds(group, refresh.preferences).maxInstances ?? 0);
}

/**
 * Returns the instances to end. Protected ones stay. First go those of another launch template, then those of the
 * oldest version, then the oldest. The default termination policy also considers zones, allocation strategy and billing
 * hours. Undocumented: whether an instance that is not yet in service goes before one that is.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
function surplus(group: Group): readonly Instance[] {
  const { id: current } = group.configuration.template;
  const age = ({ template: { id, version } }: Instance) => (id === current ? Number(version) : 0);
  return counted(group)
    .filter(({ isProtected }) => !isProtected)
    .toSorted((one, other) => age(one) - age(other));
}

/**
 * Returns the configuration to launch. Assumed: during a refresh, every launch uses the refresh's target.
 * Unknown: launches-during-refresh.
 */
function launched(state: AutoScalingState, group: Group): Configuration {
  const refresh = activeRefresh(group);
  return refresh === null || refresh.status === 'Cancelling'
    ? group.configuration
    : goalOf(state, group, refresh);
}

function failedJustNow({ clock }: AutoScalingState, { activities }: Group): boolean {
  const last = activities.at(-1);
  return last?.status === 'Failed' && clock.now() - last.at.getTime() < RETRY_MS;
}
