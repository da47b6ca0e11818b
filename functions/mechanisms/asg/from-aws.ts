import type {
  AutoScalingGroup,
  Instance as AwsInstance,
  InstanceRefresh,
  LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling';
import type { LaunchTemplateRef } from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Group, ImageOf, Instance, Refresh } from './autoscaling.ts';
import { imageOfIn, imagesIn, unclearIn } from './overrides.ts';
import { idOf } from './revision.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toGroup(group: AutoScalingGroup): Group {
  const { TargetGroupARNs = [], TrafficSources = [], InstanceMaintenancePolicy: maintenance } = group;
  const attached = TrafficSources.filter(({ Type }) => Type === 'elbv2').flatMap(
    ({ Identifier }) => Identifier ?? [],
  );
  const most = maintenance?.MaxHealthyPercentage ?? -1;
  return {
    name: group.AutoScalingGroupName ?? '',
    saved: toLaunchTemplateRef(specificationOf(group), imageOfIn(group.MixedInstancesPolicy)),
    policy: group.MixedInstancesPolicy ?? null,
    unsupported: unsupportedOf(group),
    desired: group.DesiredCapacity ?? 0,
    instances: (group.Instances ?? []).map(toInstance),
    targetGroups: [...new Set([...TargetGroupARNs, ...attached])],
    tags: Object.fromEntries((group.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    suspended: (group.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []),
    mostPercent: most > 100 ? most : null,
    // Status is present only while the group is being deleted (API_AutoScalingGroup).
    isLeaving: group.Status !== undefined && group.Status !== '',
  };
}

function specificationOf({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup) {
  return MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? LaunchTemplate;
}

function unsupportedOf(group: AutoScalingGroup): string | null {
  if (group.LaunchConfigurationName !== undefined && group.LaunchConfigurationName !== '')
    return 'it launches from a launch configuration, which has no versions; only launch templates are covered';
  const unclear = unclearIn(group.MixedInstancesPolicy);
  if (unclear !== null) return unclear;
  const unit = group.DesiredCapacityType ?? 'units';
  if (unit !== 'units') return `its capacity is in ${unit}, so the share of one instance is unknown`;
  return specificationOf(group) === undefined ? 'it has no launch template' : null;
}

/** Returns the template's id. AWS answers with it even if the template was given by its name. */
export function toLaunchTemplateRef(
  given: LaunchTemplateSpecification | undefined,
  imageOf: ImageOf = {},
): LaunchTemplateRef | null {
  if (given?.LaunchTemplateId === undefined) return null;
  return { template: given.LaunchTemplateId, version: given.Version ?? '$Default', ...imagesIn(imageOf) };
}

/** AWS shows the image of an instance if an override named it, or a refresh replaced its root volume (API_Instance). */
function toInstance(instance: AwsInstance): Instance {
  const { ImageId: image } = instance;
  const choice = toLaunchTemplateRef(instance.LaunchTemplate, image === undefined ? {} : { own: image });
  return {
    id: instance.InstanceId ?? '',
    revision: choice === null ? null : idOf(choice),
    lifecycle: instance.LifecycleState ?? '',
    units: Number(instance.WeightedCapacity ?? 1),
    isHealthy: instance.HealthStatus?.toUpperCase() === 'HEALTHY',
    isProtected: instance.ProtectedFromScaleIn ?? false,
  };
}

export function toRefresh(refresh: InstanceRefresh): Refresh {
  const { Preferences: preferences = {}, DesiredConfiguration: desired } = refresh;
  const asked =
    desired?.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? desired?.LaunchTemplate;
  const imageOf = imageOfIn(desired?.MixedInstancesPolicy);
  return {
    id: refresh.InstanceRefreshId ?? '',
    status: refresh.Status ?? 'Pending',
    reason: refresh.StatusReason ?? '',
    startedAt: refresh.StartTime?.toISOString() ?? null,
    finishedAt: refresh.EndTime?.toISOString() ?? null,
    rollbackAt: refresh.RollbackDetails?.RollbackStartTime?.toISOString() ?? null,
    desired: toLaunchTemplateRef(asked, imageOf),
    imageOf,
    replacesRoots: refresh.Strategy === 'ReplaceRootVolume',
    // API_RefreshPreferences has the default.
    leastPercent: preferences.MinHealthyPercentage ?? 90,
    launchesFirst: preferences.MaxHealthyPercentage !== undefined,
    percentage: refresh.PercentageComplete ?? 0,
    goesBack: preferences.AutoRollback ?? false,
    alarms: preferences.AlarmSpecification?.Alarms ?? [],
    waitsFor: {
      isProtected: (preferences.ScaleInProtectedInstances ?? 'Wait') === 'Wait',
      isStandby: (preferences.StandbyInstances ?? 'Wait') === 'Wait',
    },
  };
}
