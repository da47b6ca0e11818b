import type {
  CreateAutoScalingGroupType,
  InstanceMaintenancePolicy,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { arn } from '../../aws.ts';
import { AwsError } from '../../service.ts';
import { configurationOf } from '../configuration.ts';
import { atTime } from '../instances.ts';
import { activeRefresh, type Group } from '../model.ts';
import { findGroup, getGroup, invalid, type AutoScalingState } from '../state.ts';

type Size = Pick<Group, 'min' | 'max' | 'desired'>;

export function createGroup(state: AutoScalingState, input: CreateAutoScalingGroupType): void {
  const { AutoScalingGroupName: name = '', MinSize: min = 0, MaxSize: max = 0 } = input;
  if (findGroup(state, name) !== null)
    throw new AwsError('AlreadyExists', 'AutoScalingGroup by this name already exists.');
  const size = sizeOf({ min, max, desired: input.DesiredCapacity ?? min });
  const configuration = configurationOf(state, input);
  if (configuration === null) throw invalid('Valid requests must contain a launch template.');
  const id = state.random(`autoscaling/group/${name}`).uuid();
  state.groups.set(name, {
    name,
    arn: arn('autoscaling', `autoScalingGroup:${id}:autoScalingGroupName/${name}`),
    createdAt: new Date(state.clock.now()),
    configuration,
    ...size,
    asked: '',
    targetGroups: [
      ...(input.TargetGroupARNs ?? []),
      ...(input.TrafficSources ?? []).flatMap(({ Identifier }) => Identifier ?? []),
    ],
    subnets: input.VPCZoneIdentifier ?? '',
    healthCheckType: input.HealthCheckType ?? 'EC2',
    graceSeconds: input.HealthCheckGracePeriod ?? 0,
    warmupSeconds: input.DefaultInstanceWarmup,
    maintenance: maintenanceOf(input.InstanceMaintenancePolicy),
    protectsNew: input.NewInstancesProtectedFromScaleIn ?? false,
    suspended: new Set(),
    tags: new Map(
      (input.Tags ?? []).map(({ Key = '', Value = '', PropagateAtLaunch = false }) => [
        Key,
        { value: Value, propagate: PropagateAtLaunch },
      ]),
    ),
    instances: [],
    ended: [],
    refreshes: [],
    activities: [],
  });
}

/**
 * Updates a group. During a refresh with a desired configuration, the launch configuration cannot change. The API
 * reference does not name this refusal; its text is quoted from users.
 */
export function updateGroup(state: AutoScalingState, input: UpdateAutoScalingGroupType): void {
  const group = getGroup(state, input.AutoScalingGroupName);
  const size = resized(group, input);
  const configuration = configurationOf(state, input);
  if (configuration !== null && activeRefresh(group)?.desired !== undefined)
    throw invalid(
      'An active instance refresh with a desired configuration exists. All configuration options derived from the desired configuration are not available for update while the instance refresh is active.',
    );
  group.configuration = configuration ?? group.configuration;
  const asked = `a user request update of AutoScalingGroup constraints to min: ${size.min}, max: ${size.max}, desired: ${size.desired}`;
  resize(state, group, size, asked);
  group.graceSeconds = input.HealthCheckGracePeriod ?? group.graceSeconds;
  group.healthCheckType = input.HealthCheckType ?? group.healthCheckType;
  group.warmupSeconds = input.DefaultInstanceWarmup ?? group.warmupSeconds;
  group.protectsNew = input.NewInstancesProtectedFromScaleIn ?? group.protectsNew;
  group.maintenance = maintenanceOf(input.InstanceMaintenancePolicy) ?? group.maintenance;
}

/**
 * Sets the size. The activities that follow name the change in their causes.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html
 */
export function resize({ clock }: AutoScalingState, group: Group, size: Partial<Size>, asked: string): void {
  const before = group.desired;
  Object.assign(group, size);
  if (group.desired === before) return;
  const at = atTime(new Date(clock.now()));
  group.asked = `${at} ${asked} changing the desired capacity from ${before} to ${group.desired}.  `;
}

/** Adjusts the desired capacity to the limits (API_UpdateAutoScalingGroup). */
function resized(group: Size, { MinSize, MaxSize, DesiredCapacity }: UpdateAutoScalingGroupType): Size {
  const [min, max] = [MinSize ?? group.min, MaxSize ?? group.max];
  return sizeOf({ min, max, desired: DesiredCapacity ?? Math.min(Math.max(group.desired, min), max) });
}

/**
 * Returns a size that is possible. The sentence on the desired capacity is AWS's:
 * https://github.com/convox/praxis/pull/258
 * @throws AwsError ValidationError
 */
function sizeOf(size: Size): Size {
  const { min, max, desired } = size;
  if (min < 0 || max < min)
    throw invalid(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  if (desired < min || desired > max)
    throw invalid(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
  return size;
}

function maintenanceOf(policy: InstanceMaintenancePolicy | undefined): Group['maintenance'] {
  if (policy?.MinHealthyPercentage === undefined || policy.MaxHealthyPercentage === undefined)
    return undefined;
  return { min: policy.MinHealthyPercentage, max: policy.MaxHealthyPercentage };
}
