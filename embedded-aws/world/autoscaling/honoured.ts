import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  CancelInstanceRefresh: 'AutoScalingGroupName WaitForTransitioningInstances',
  CreateAutoScalingGroup: `
    AutoScalingGroupName LaunchTemplate MixedInstancesPolicy MinSize MaxSize DesiredCapacity
    TargetGroupARNs TrafficSources HealthCheckType HealthCheckGracePeriod VPCZoneIdentifier
    NewInstancesProtectedFromScaleIn Tags DefaultInstanceWarmup InstanceMaintenancePolicy`,
  CreateOrUpdateTags: 'Tags',
  DeleteAutoScalingGroup: 'AutoScalingGroupName ForceDelete',
  DeleteTags: 'Tags',
  DescribeAutoScalingGroups: 'AutoScalingGroupNames NextToken MaxRecords Filters',
  DescribeAutoScalingInstances: 'InstanceIds MaxRecords NextToken',
  DescribeInstanceRefreshes: 'AutoScalingGroupName InstanceRefreshIds NextToken MaxRecords',
  DescribeScalingActivities: 'AutoScalingGroupName MaxRecords NextToken',
  DescribeTags: 'NextToken MaxRecords',
  EnterStandby: 'AutoScalingGroupName ShouldDecrementDesiredCapacity InstanceIds',
  ExitStandby: 'AutoScalingGroupName InstanceIds',
  ResumeProcesses: 'AutoScalingGroupName ScalingProcesses',
  RollbackInstanceRefresh: 'AutoScalingGroupName',
  SetDesiredCapacity: 'AutoScalingGroupName DesiredCapacity',
  SetInstanceProtection: 'InstanceIds AutoScalingGroupName ProtectedFromScaleIn',
  StartInstanceRefresh: 'AutoScalingGroupName Strategy DesiredConfiguration Preferences',
  SuspendProcesses: 'AutoScalingGroupName ScalingProcesses',
  TerminateInstanceInAutoScalingGroup: 'InstanceId ShouldDecrementDesiredCapacity',
  UpdateAutoScalingGroup: `
    AutoScalingGroupName LaunchTemplate MixedInstancesPolicy MinSize MaxSize DesiredCapacity
    HealthCheckType HealthCheckGracePeriod NewInstancesProtectedFromScaleIn DefaultInstanceWarmup
    InstanceMaintenancePolicy`,
});
