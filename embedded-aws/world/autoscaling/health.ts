import type { Group, Instance } from './model.ts';
import { living, targetStates, terminate } from './instances.ts';
import type { AutoScalingState } from './state.ts';

/**
 * Marks instances unhealthy by the load balancer's checks after the grace period, and replaces them.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html EC2's own status check
 * never fails here: a machine that boots badly fails the health checks.
 */
export function watchHealth(state: AutoScalingState, group: Group): void {
  for (const instance of living(group)) {
    if (instance.lifecycle !== 'InService' || instance.health === 'Unhealthy') continue;
    if (isSick(state, group, instance)) instance.health = 'Unhealthy';
  }
  if (group.suspended.has('ReplaceUnhealthy') || group.suspended.has('Terminate')) return;
  for (const instance of living(group))
    if (instance.health === 'Unhealthy')
      terminate(
        state,
        group,
        instance,
        'an instance was taken out of service in response to an ELB system health check failure',
      );
}

function isSick(state: AutoScalingState, group: Group, instance: Instance): boolean {
  if (group.healthCheckType !== 'ELB' || inServiceFor(state, instance) < group.graceSeconds) return false;
  return targetStates(state, group, instance).includes('unhealthy');
}

/** Returns whether an instance is in service, warmed up and, if required, healthy to the load balancer. */
export function isReady(
  state: AutoScalingState,
  group: Group,
  instance: Instance,
  warmupSeconds: number,
): boolean {
  return isWell(state, group, instance) && inServiceFor(state, instance) >= warmupSeconds;
}

/** Returns whether an instance is in service and passes every check of the group. */
export function isWell(state: AutoScalingState, group: Group, instance: Instance): boolean {
  if (instance.lifecycle !== 'InService' || instance.health === 'Unhealthy') return false;
  if (group.healthCheckType !== 'ELB') return true;
  return targetStates(state, group, instance).every((each) => each === 'healthy' || each === 'unused');
}

function inServiceFor({ clock }: AutoScalingState, { inServiceSince }: Instance): number {
  return inServiceSince === undefined ? -1 : (clock.now() - inServiceSince) / 1000;
}
