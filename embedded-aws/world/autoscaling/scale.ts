import { goalOf } from './configuration.ts';
import { counted, launch, terminate } from './instances.ts';
import { activeRefresh, type Configuration, type Group, type Instance } from './model.ts';
import type { AutoScalingState } from './state.ts';

/** Failed launches are tried again; AWS does not say how often, and backs off. */
const RETRY_MS = 30_000;

/** Brings the group to its desired capacity. While a refresh is under way it takes surplus away itself. */
export function scale(state: AutoScalingState, group: Group): void {
  const missing = group.desired - counted(group).length;
  if (missing > 0 && !group.suspended.has('Launch') && !failedJustNow(state, group))
    for (let started = 0; started < missing; started++)
      if (!launch(state, group, launched(state, group), 'the group was below its desired capacity')) return;
  if (missing < 0 && activeRefresh(group) === null && !group.suspended.has('Terminate'))
    for (const instance of surplus(group).slice(0, -missing))
      terminate(state, group, instance, 'the group was above its desired capacity');
}

/**
 * Protected ones stay. Of the others go those of another launch template first, then those of the oldest version, then
 * the oldest. The default termination policy looks at more: zones, allocation strategy and billing hours. Whether one that
 * is not in service yet goes before one that is, could not be found out.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
function surplus(group: Group): readonly Instance[] {
  const { id: current } = group.configuration.template;
  const age = ({ template: { id, version } }: Instance) => (id === current ? Number(version) : 0);
  return counted(group)
    .filter(({ isProtected }) => !isProtected)
    .toSorted((one, other) => age(one) - age(other));
}

/** Assumed: while instances are refreshed, whatever is launched is what the refresh deploys. */
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
