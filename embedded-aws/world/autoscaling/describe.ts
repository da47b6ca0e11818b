import type {
  AutoScalingGroup,
  Instance as AwsInstance,
  InstanceRefresh,
} from '@aws-sdk/client-auto-scaling';
import { REGION } from '../aws.ts';
import { written } from './configuration.ts';
import type { Group, Instance, Refresh } from './model.ts';

/** Target groups of VPC Lattice are traffic sources only (API_TrafficSourceIdentifier, Amazon EC2 Auto Scaling). */
function isOfLattice(targetGroupArn: string): boolean {
  return targetGroupArn.includes(':vpc-lattice:');
}

export function describeGroup(group: Group): AutoScalingGroup {
  const { maintenance } = group;
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    ...written(group.configuration),
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: [`${REGION}a`],
    LoadBalancerNames: [],
    TargetGroupARNs: group.targetGroups.filter((each) => !isOfLattice(each)),
    TrafficSources: group.targetGroups.map((Identifier) => ({
      Identifier,
      Type: isOfLattice(Identifier) ? 'vpc-lattice' : 'elbv2',
    })),
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.graceSeconds,
    DefaultInstanceWarmup: group.warmupSeconds,
    Instances: group.instances.map(describeInstance),
    CreatedTime: group.createdAt,
    SuspendedProcesses: [...group.suspended].map((ProcessName) => ({ ProcessName })),
    VPCZoneIdentifier: group.subnets,
    Tags: describeTags(group),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: group.protectsNew,
    ...(maintenance !== undefined && {
      InstanceMaintenancePolicy: {
        MinHealthyPercentage: maintenance.min,
        MaxHealthyPercentage: maintenance.max,
      },
    }),
  };
}

export function describeInstance(instance: Instance): AwsInstance {
  const { id, name, version } = instance.template;
  return {
    InstanceId: instance.id,
    InstanceType: instance.type,
    AvailabilityZone: `${REGION}a`,
    LifecycleState: instance.lifecycle,
    HealthStatus: instance.health,
    ProtectedFromScaleIn: instance.isProtected,
    LaunchTemplate: { LaunchTemplateId: id, LaunchTemplateName: name, Version: version },
    // Only for images that an override named, and for replaced root volumes (API_Instance).
    ...(instance.root.isNamed && { ImageId: instance.root.imageId }),
  };
}

export function describeTags({ name, tags }: Group) {
  return [...tags].map(([Key, { value, propagate }]) => ({
    ResourceId: name,
    ResourceType: 'auto-scaling-group',
    Key,
    Value: value,
    PropagateAtLaunch: propagate,
  }));
}

export function describeRefresh({ name }: Group, refresh: Refresh): InstanceRefresh {
  const { rollback, endedAt, reason } = refresh;
  return {
    InstanceRefreshId: refresh.id,
    AutoScalingGroupName: name,
    Status: refresh.status,
    StatusReason: reason === '' ? undefined : reason,
    // "Pending - The request was created, but the instance refresh has not started" (API_InstanceRefresh).
    StartTime: refresh.status === 'Pending' ? undefined : new Date(refresh.startedAt),
    EndTime: endedAt === undefined ? undefined : new Date(endedAt),
    PercentageComplete: refresh.percentage,
    InstancesToUpdate: refresh.toUpdate,
    Preferences: refresh.preferences,
    DesiredConfiguration: refresh.desired,
    Strategy: refresh.strategy,
    ...(rollback !== undefined && {
      RollbackDetails: {
        RollbackReason: rollback.reason,
        RollbackStartTime: new Date(rollback.startedAt),
        PercentageCompleteOnRollback: rollback.percentage,
        InstancesToUpdateOnRollback: rollback.toUpdate,
      },
    }),
  };
}
