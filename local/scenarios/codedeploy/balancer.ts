import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Stage } from '../stage.ts';

/** Name of the target group in front of the fleet. */
export const GROUP = 'checkout';

/** ARNs of the load balancer and the target group in front of the fleet. */
export interface Balancer {
  readonly loadBalancer: string;
  readonly targetGroup: string;
}

/** Creates a load balancer in front of instances, with the usual alarm or with others. */
export function openBalancer(
  stage: Stage,
  putAlarms: (stage: Stage, balancer: Balancer) => void = putErrorsAlarm,
): Balancer {
  const { LoadBalancers } = stage.call<CreateLoadBalancerOutput>('elb', 'CreateLoadBalancer', {
    Name: 'shop',
    Type: 'application',
    Subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  });
  const { TargetGroups } = stage.call<CreateTargetGroupOutput>('elb', 'CreateTargetGroup', {
    Name: GROUP,
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
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  stage.call('elb', 'ModifyTargetGroupAttributes', {
    TargetGroupArn,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
  });
  stage.call<CreateListenerOutput>('elb', 'CreateListener', {
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  const balancer = { loadBalancer: LoadBalancerArn, targetGroup: TargetGroupArn };
  putAlarms(stage, balancer);
  return balancer;
}

/** Puts an alarm on the share of errors, two minutes out of two. A tag names the target. */
function putErrorsAlarm(stage: Stage, { loadBalancer }: Balancer): void {
  const Value = /loadbalancer\/(.*)$/.exec(loadBalancer)?.[1] ?? '';
  const sum = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/ApplicationELB',
        MetricName,
        Dimensions: [{ Name: 'LoadBalancer', Value }],
      },
      Period: 60,
      Stat: 'Sum',
    },
  });
  const alarm: PutMetricAlarmInput = {
    AlarmName: 'checkout-errors',
    EvaluationPeriods: 2,
    DatapointsToAlarm: 2,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
    Threshold: 5,
    Tags: [{ Key: 'lastgood:target', Value: 'codedeploy:checkout/fleet' }],
    Metrics: [
      { Id: 'share', Expression: '100 * (FILL(target, 0) + FILL(balancer, 0)) / requests', ReturnData: true },
      sum('target', 'HTTPCode_Target_5XX_Count'),
      sum('balancer', 'HTTPCode_ELB_5XX_Count'),
      sum('requests', 'RequestCount'),
    ],
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}
