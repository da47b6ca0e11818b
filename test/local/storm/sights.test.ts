import { expect, test } from 'vitest';
import { Sights } from '../../../local/storm/sights.ts';
import type { Kind, Subject } from '../../../local/storm/subject.ts';

const MINUTE = 60_000;
const RULE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/a/1/2/3';

const SEEN: readonly (readonly [Kind, string, string, object, object])[] = [
  [
    'ecs',
    'ecs:prod/app',
    'DescribeServices',
    {},
    { services: [{ clusterArn: 'arn:x:cluster/prod', serviceName: 'app' }] },
  ],
  ['ecs', 'ecs:prod/app', 'ListServiceDeployments', { cluster: 'prod', service: 'app' }, {}],
  ['elb', `elb:${RULE}`, 'DescribeRules', {}, { Rules: [{ RuleArn: RULE }] }],
  ['lambda', 'lambda:fn/live', 'ListAliases', { FunctionName: 'fn' }, { Aliases: [{ Name: 'live' }] }],
  [
    'lambda',
    'lambda:fn/live',
    'GetAlias',
    { FunctionName: 'arn:aws:lambda:eu-west-1:1:function:fn', Name: 'live' },
    {},
  ],
  [
    ...(['route53', 'route53:Z1/a.example/A', 'ListResourceRecordSets', { HostedZoneId: 'Z1' }] as const),
    { ResourceRecordSets: [{ Name: 'a.example.', Type: 'A' }] },
  ],
  [
    'asg',
    'asg:web',
    'DescribeAutoScalingGroups',
    {},
    { AutoScalingGroups: [{ AutoScalingGroupName: 'web' }] },
  ],
  [
    ...([
      'codedeploy',
      'codedeploy:apps/fleet',
      'BatchGetDeploymentGroups',
      { applicationName: 'apps' },
    ] as const),
    { deploymentGroupsInfo: [{ deploymentGroupName: 'fleet' }] },
  ],
  ['codedeploy', 'codedeploy:apps/fleet', 'ListDeployments', { createTimeRange: {} }, { deployments: [] }],
];

test.each(SEEN)('%s: %s is seen by %s', (kind, target, operation, input, output) => {
  let now = 0;
  const sights = new Sights([{ target, kind } as Subject], () => now);
  for (now = MINUTE; now <= 5 * MINUTE; now += MINUTE) sights.answered({ operation, input }, output);
  expect(sights.outOfSight()).toMatchObject([{ kind, targets: 1, oldestMinutes: 1 }]);
});

test('a list of names, and a target that AWS does not name, are no sight', () => {
  let now = 0;
  const sights = new Sights([{ target: 'ecs:prod/app', kind: 'ecs' } as Subject], () => now);
  now = 7 * MINUTE;
  sights.answered({ operation: 'ListServices', input: { cluster: 'prod' } }, { serviceArns: ['app'] });
  sights.answered({ operation: 'DescribeServices', input: { services: ['app'] } }, { services: [] });
  expect(sights.outOfSight()).toMatchObject([{ oldestMinutes: 7 }]);
});
