import { asAsked } from '../asked.ts';
import { refusalOfArchitecture, sourceFor } from './launch-source.ts';
import type { LaunchSource } from '../seams.ts';
import type { Group, Instance } from './model.ts';
import type { Configuration } from './model.ts';
import type { AutoScalingState } from './state.ts';

/** Seconds that EC2 takes to end an instance, after the draining. Assumed. */
const SHUTDOWN_SECONDS = 20;
const KEPT_ACTIVITIES = 100;

/**
 * "Recently terminated instances might appear in the returned results. This interval is usually less than one hour."
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 */
const SHOWN_MS = 3_600_000;

/** Returns the instances that are not ending. */
export function living({ instances }: Group): readonly Instance[] {
  return instances.filter(({ lifecycle }) => lifecycle !== 'Terminating' && lifecycle !== 'Terminated');
}

/** Returns the instances that count for the desired capacity. One in standby does not. */
export function counted(group: Group): readonly Instance[] {
  return living(group).filter(({ lifecycle }) => lifecycle !== 'Standby');
}

/**
 * Starts an instance. Once it has booted, it is in service and registered with the group's load balancers.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html
 * @returns whether it could be started
 */
export function launch(
  state: AutoScalingState,
  group: Group,
  configuration: Configuration,
  cause: string,
): boolean {
  const source = sourceFor(state, group, configuration);
  const image = source === null ? null : state.templates.image(source.imageId);
  const refusal =
    source === null || image === null
      ? noImage(source)
      : (state.templates.refusal(source) ?? refusalOfArchitecture(source.instanceType, image));
  if (source === null || image === null || refusal !== null) {
    const description = 'Launching a new EC2 instance';
    const message = refusal ?? '';
    record(state, group, { description, cause, status: 'Failed', message });
    return false;
  }
  const { id, name, version, asked, isNamed } = source;
  const behaviour = asAsked(image.behaviour, asked);
  const instance: Instance = {
    id: `i-0${chance(state, group).hex(16)}`,
    type: source.instanceType,
    template: { id, name, version },
    imageId: image.id,
    launchedAt: state.clock.now(),
    root: { imageId: image.id, behaviour, isNamed, since: state.clock.now() },
    lifecycle: 'Pending',
    health: 'Healthy',
    isProtected: group.protectsNew,
  };
  group.instances.push(instance);
  state.instances.set(instance.id, instance);
  record(state, group, {
    description: `Launching a new EC2 instance: ${instance.id}`,
    cause,
    status: 'Successful',
  });
  state.clock.after(behaviour.startSeconds * 1000, () => enterService(state, group, instance));
  return true;
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-ami.html */
function noImage(source: LaunchSource | null): string {
  return `The image id '[${source?.imageId ?? ''}]' does not exist. Launching EC2 instance failed.`;
}

/**
 * Draws a group's instance ids from a random source of its own. A group created again under the same name gets other
 * ids, as AWS gives no id twice.
 */
function chance({ random }: AutoScalingState, { name, createdAt, activities }: Group) {
  return random(
    `autoscaling/${name}/${createdAt.getTime()}/${activities.length}/${activities.at(-1)?.id ?? ''}`,
  );
}

const ENTERING = new Set<Instance['lifecycle']>(['Pending', 'Standby', 'RootVolumeReplaced']);

export function enterService(state: AutoScalingState, group: Group, instance: Instance): void {
  if (!ENTERING.has(instance.lifecycle)) return;
  instance.lifecycle = 'InService';
  instance.inServiceSince = state.clock.now();
  for (const arn of group.targetGroups) state.targetGroups.register(arn, target(state, arn, instance));
}

/** Deregisters an instance from its load balancers, drains it, and ends it. */
export function terminate(state: AutoScalingState, group: Group, instance: Instance, cause: string): void {
  if (instance.lifecycle === 'Terminating') return;
  instance.lifecycle = 'Terminating';
  leaveTargetGroups(state, group, instance);
  record(state, group, {
    description: `Terminating EC2 instance: ${instance.id}`,
    cause,
    status: 'Successful',
  });
  const delays = group.targetGroups.map((arn) => state.targetGroups.deregistrationDelay(arn));
  state.clock.after((Math.max(0, ...delays) + SHUTDOWN_SECONDS) * 1000, () => {
    instance.lifecycle = 'Terminated';
    group.instances.splice(group.instances.indexOf(instance), 1);
    state.instances.delete(instance.id);
    group.ended.push(instance);
    state.clock.after(SHOWN_MS, () => group.ended.splice(group.ended.indexOf(instance), 1));
  });
}

export function leaveTargetGroups(state: AutoScalingState, group: Group, instance: Instance): void {
  for (const arn of group.targetGroups) state.targetGroups.deregister(arn, target(state, arn, instance));
}

/** Returns the instance's states in the group's target groups; none if it is not registered. */
export function targetStates(state: AutoScalingState, group: Group, instance: Instance) {
  return group.targetGroups.map((arn) => state.targetGroups.state(arn, target(state, arn, instance)));
}

function target(state: AutoScalingState, arn: string, { id }: Instance) {
  return { id, port: state.targetGroups.port(arn) };
}

type Activity = Omit<Group['activities'][number], 'id' | 'at'>;

/** Writes a time as causes do: `At 2026-11-22T02:14:03Z`. */
export function atTime(at: Date): string {
  return `At ${at.toISOString().replace(/\.\d+Z$/, 'Z')}`;
}

function record(state: AutoScalingState, group: Group, activity: Activity): void {
  const { activities, name } = group;
  const id = state.random(`autoscaling/activity/${name}/${state.clock.now()}/${activities.length}`).uuid();
  const at = new Date(state.clock.now());
  activities.push({ id, at, ...activity, cause: `${group.asked}${atTime(at)} ${activity.cause}.` });
  if (activities.length > KEPT_ACTIVITIES) activities.shift();
}
