import { expect, test } from 'vitest';
import { groupMeters, targetGroupMeters } from '../../../src/rollback/meters.ts';

test('a target group has requests, errors, latency and healthy targets of its own', () => {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/6d0ecf831eec9f09';
  const meters = targetGroupMeters(arn);
  expect(meters.map(({ metric, name, stat }) => `${metric}: ${name} ${stat}`)).toEqual([
    'requests: RequestCount Sum',
    'errors: HTTPCode_Target_5XX_Count Sum',
    'latency: TargetResponseTime p95',
    'healthyHosts: HealthyHostCount Minimum',
  ]);
  const dimensions = { TargetGroup: 'targetgroup/web/6d0ecf831eec9f09' };
  for (const meter of meters) expect(meter).toMatchObject({ namespace: 'AWS/ApplicationELB', dimensions });
});

test('an Auto Scaling group has the CPU of its instances', () => {
  expect(groupMeters('web-fleet')).toEqual([
    {
      metric: 'cpu',
      namespace: 'AWS/EC2',
      name: 'CPUUtilization',
      stat: 'Average',
      dimensions: { AutoScalingGroupName: 'web-fleet' },
    },
  ]);
});
