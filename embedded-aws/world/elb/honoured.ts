import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. Subnets are let pass: every load balancer has a node in each
 * zone.
 */
export const HONOURED = honouring({
  AddTags: 'ResourceArns Tags',
  CreateListener: 'LoadBalancerArn Protocol Port DefaultActions Tags',
  CreateLoadBalancer: 'Name Scheme SecurityGroups Subnets Tags Type',
  CreateRule: 'ListenerArn Conditions Priority Actions Tags',
  CreateTargetGroup: `
    Name Protocol Port VpcId HealthCheckProtocol HealthCheckPort HealthCheckEnabled HealthCheckPath
    HealthCheckIntervalSeconds HealthCheckTimeoutSeconds HealthyThresholdCount UnhealthyThresholdCount
    Matcher TargetType Tags`,
  DeleteListener: 'ListenerArn',
  DeleteLoadBalancer: 'LoadBalancerArn',
  DeleteRule: 'RuleArn',
  DeleteTargetGroup: 'TargetGroupArn',
  DeregisterTargets: 'TargetGroupArn Targets',
  DescribeListeners: 'LoadBalancerArn ListenerArns Marker PageSize',
  DescribeLoadBalancers: 'LoadBalancerArns Names Marker PageSize',
  DescribeRules: 'ListenerArn RuleArns Marker PageSize',
  DescribeTags: 'ResourceArns',
  DescribeTargetGroupAttributes: 'TargetGroupArn',
  DescribeTargetGroups: 'LoadBalancerArn TargetGroupArns Names Marker PageSize',
  DescribeTargetHealth: 'TargetGroupArn Targets',
  ModifyListener: 'ListenerArn Port Protocol DefaultActions',
  ModifyRule: 'RuleArn Conditions Actions',
  ModifyTargetGroup: `
    TargetGroupArn HealthCheckProtocol HealthCheckPort HealthCheckPath HealthCheckEnabled
    HealthCheckIntervalSeconds HealthCheckTimeoutSeconds HealthyThresholdCount UnhealthyThresholdCount
    Matcher`,
  ModifyTargetGroupAttributes: 'TargetGroupArn Attributes',
  RegisterTargets: 'TargetGroupArn Targets',
  RemoveTags: 'ResourceArns TagKeys',
});
