import type {
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stage } from '../stage.ts';

/** ARNs of the load balancer and the target group in front of the Auto Scaling group. */
export interface Balancer {
  readonly loadBalancer: string;
  readonly targetGroup: string;
}

export function openBalancer(stage: Stage): Balancer {
  const targetGroup = createTargetGroup(stage, 'web');
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    Name: 'web',
    Type: 'application',
    Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  });
  const loadBalancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  stage.call('elb', 'CreateListener', {
    LoadBalancerArn: loadBalancer,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
  });
  return { loadBalancer, targetGroup };
}

export function createTargetGroup(stage: Stage, Name: string): string {
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    Name,
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: 'vpc-0a1b2c3d',
    TargetType: 'instance',
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds: 10,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
  });
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }];
  stage.call('elb', 'ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
  return TargetGroupArn;
}

/** Name of an alarm, how many minutes in a row must be bad, and the target that its tag names, if any. */
export interface ErrorAlarm {
  readonly name: string;
  readonly minutes: number;
  readonly target?: string;
}

/** Puts an alarm on the share of failed requests. */
export function putErrorAlarm(stage: Stage, { loadBalancer }: Balancer, alarm: ErrorAlarm): void {
  const { name, minutes, target } = alarm;
  const [, Value = ''] = /loadbalancer\/(.*)$/.exec(loadBalancer) ?? [];
  const metric = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: [{ Name: 'LoadBalancer', Value }] },
      Period: 60,
      Stat: 'Sum',
    },
  });
  stage.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: name,
    EvaluationPeriods: minutes,
    DatapointsToAlarm: minutes,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
    Threshold: 5,
    Metrics: [
      { Id: 'share', Expression: '100 * (FILL(target, 0) + FILL(balancer, 0)) / requests', ReturnData: true },
      metric('target', 'HTTPCode_Target_5XX_Count'),
      metric('balancer', 'HTTPCode_ELB_5XX_Count'),
      metric('requests', 'RequestCount'),
    ],
    Tags: target === undefined ? [] : [{ Key: 'lastgood:target', Value: target }],
  });
}
