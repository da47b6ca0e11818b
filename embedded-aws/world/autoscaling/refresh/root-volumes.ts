import { asAsked } from '../../asked.ts';
import { overridesOf, sourceOf } from '../configuration.ts';
import { isReady } from '../health.ts';
import { counted, enterService, leaveTargetGroups, terminate } from '../instances.ts';
import { refusalOfArchitecture } from '../launch-source.ts';
import type { Configuration, Group, Instance, Refresh } from '../model.ts';
import type { AutoScalingState } from '../state.ts';
import { bounds, warmupOf } from './preferences.ts';
import type { Standing } from './rolling.ts';

/** Seconds from the end of the draining until the new root volume is attached. AWS gives no figure. Assumed. */
const ATTACH_SECONDS = 30;

/**
 * Replaces the root volumes of as many instances as the least healthy percentage allows, and of one at least, as a
 * rolling refresh without a highest percentage does. No instance is launched for that, so a highest percentage changes
 * nothing. Unknown: root-volume-batches.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-root-volume.html
 */
export function replaceRoots(
  state: AutoScalingState,
  group: Group,
  { preferences }: Refresh,
  { goal, replaceable }: Standing,
): void {
  const warmup = warmupOf(group, preferences);
  const present = counted(group);
  const ready = present.filter((one) => isReady(state, group, one, warmup));
  const sick = replaceable.filter((one) => one.lifecycle === 'InService' && !ready.includes(one));
  const isMoving = Math.max(present.length, group.desired) > ready.length + sick.length;
  const room = ready.length - bounds(group, preferences).minInstances;
  const most = isMoving ? room : Math.max(1, room);
  const waiting = replaceable.filter(({ lifecycle }) => lifecycle === 'InService');
  for (const instance of waiting.slice(0, Math.max(0, most))) replaceRoot(state, group, instance, goal);
}

/**
 * Takes an instance out of its target groups, drains it, swaps its root volume and boots it. Assumed: the balancers
 * drain it as they do an instance that ends. Unknown: root-volume-and-balancer.
 */
function replaceRoot(state: AutoScalingState, group: Group, instance: Instance, goal: Configuration): void {
  instance.lifecycle = 'ReplacingRootVolume';
  leaveTargetGroups(state, group, instance);
  const delays = group.targetGroups.map((arn) => state.targetGroups.deregistrationDelay(arn));
  state.clock.after((Math.max(0, ...delays) + ATTACH_SECONDS) * 1000, () => {
    if (instance.lifecycle === 'ReplacingRootVolume') attach(state, group, instance, goal);
  });
}

/** "If root volume replacement fails for an instance, Auto Scaling marks that instance for termination". */
function attach(state: AutoScalingState, group: Group, instance: Instance, goal: Configuration): void {
  const named = overridesOf(goal).find(({ InstanceType }) => InstanceType === instance.type)?.ImageId ?? '';
  const [image, source] = [state.templates.image(named), sourceOf(state, goal)];
  if (image === null || source === null || refusalOfArchitecture(instance.type, image) !== null) {
    terminate(
      state,
      group,
      instance,
      'an instance was taken out of service: its root volume was not replaced',
    );
    return;
  }
  const behaviour = asAsked(image.behaviour, source.asked);
  instance.root = { imageId: image.id, behaviour, isNamed: true, since: state.clock.now() };
  instance.lifecycle = 'RootVolumeReplaced';
  instance.health = 'Healthy';
  state.clock.after(behaviour.startSeconds * 1000, () => {
    if (instance.lifecycle === 'RootVolumeReplaced') enterService(state, group, instance);
  });
}
