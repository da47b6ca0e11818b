import type { AlarmNow } from './facts.ts';
import type { Meter } from './plan.ts';

/** Returns the CloudWatch metrics of a target group of an Application Load Balancer. */
export function targetGroupMeters(arn: string): readonly Meter[] {
  const of = {
    namespace: 'AWS/ApplicationELB',
    dimensions: { TargetGroup: arn.slice(arn.lastIndexOf(':') + 1) },
  };
  return [
    { ...of, metric: 'requests', name: 'RequestCount', stat: 'Sum' },
    { ...of, metric: 'errors', name: 'HTTPCode_Target_5XX_Count', stat: 'Sum' },
    { ...of, metric: 'latency', name: 'TargetResponseTime', stat: 'p95' },
    { ...of, metric: 'healthyHosts', name: 'HealthyHostCount', stat: 'Minimum' },
  ];
}

/** Returns the CloudWatch metric of the CPU of the instances of an Auto Scaling group. */
export function groupMeters(AutoScalingGroupName: string): readonly Meter[] {
  const dimensions = { AutoScalingGroupName };
  return [{ metric: 'cpu', namespace: 'AWS/EC2', name: 'CPUUtilization', stat: 'Average', dimensions }];
}

/** Says whether a metric counts targets. A rollout moves those, and so does the traffic, though they hurt no user. */
export function countsTargets(metric: AlarmNow['metric']): boolean {
  return metric === 'healthyHosts' || metric === 'unhealthyHosts';
}
