import { describe, expect, it } from 'vitest';
import { metersOf } from '../../../../functions/mechanisms/ecs/meters.ts';

const name = { cluster: 'prod', service: 'checkout' };
const group = (of: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${of}/0123456789abcdef`;
const requestsOf = (sides: Parameters<typeof metersOf>[1]) =>
  metersOf(name, sides)
    .filter(({ metric }) => metric === 'requests')
    .map(({ dimensions, revision }) => [dimensions['TargetGroup'], revision]);

describe('where CloudWatch keeps the numbers of a service', () => {
  it('is with its target group and with the service', () => {
    const meters = metersOf(name, [{ revision: 'v1', targetGroups: [group('blue')] }]);
    const TargetGroup = 'targetgroup/blue/0123456789abcdef';
    const of = (metric: string, meter: string, stat: string) => ({
      metric,
      name: meter,
      stat,
      namespace: 'AWS/ApplicationELB',
      dimensions: { TargetGroup },
    });
    const dimensions = { ClusterName: 'prod', ServiceName: 'checkout' };
    const own = { stat: 'Average', namespace: 'AWS/ECS', dimensions };
    expect(meters).toEqual([
      of('requests', 'RequestCount', 'Sum'),
      of('errors', 'HTTPCode_Target_5XX_Count', 'Sum'),
      of('latency', 'TargetResponseTime', 'p95'),
      of('healthyHosts', 'HealthyHostCount', 'Minimum'),
      { ...own, metric: 'cpu', name: 'CPUUtilization' },
      { ...own, metric: 'memory', name: 'MemoryUtilization' },
    ]);
  });

  it('measures the whole service where all its revisions stand behind one group', () => {
    const sides = ['v2', 'v1'].map((revision) => ({ revision, targetGroups: [group('blue')] }));
    expect(requestsOf(sides)).toEqual([['targetgroup/blue/0123456789abcdef', undefined]]);
  });

  it('measures each side where they take turns: the newest that stands there', () => {
    const sides = [
      { revision: 'v3', targetGroups: [group('green'), group('admin')] },
      { revision: 'v2', targetGroups: [group('blue'), group('admin')] },
      { revision: 'v1', targetGroups: [group('green'), group('admin')] },
    ];
    expect(requestsOf(sides)).toEqual([
      ['targetgroup/green/0123456789abcdef', 'v3'],
      ['targetgroup/admin/0123456789abcdef', undefined],
      ['targetgroup/blue/0123456789abcdef', 'v2'],
    ]);
  });

  it('is only with the service where no load balancer stands in front', () => {
    expect(metersOf(name, [{ revision: 'v1', targetGroups: [] }]).map(({ metric }) => metric)).toEqual([
      'cpu',
      'memory',
    ]);
  });
});
