import { expect, test } from 'vitest';
import { targetOf } from '../../../local/storm/ways-back.ts';

const group = (id: string) => (id === 'd-1' ? 'codedeploy:apps/fleet' : null);
const RULE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/a/1/2/3';

test.each<[string, object, string | null]>([
  ['UpdateService', { cluster: 'prod', service: 'app' }, 'ecs:prod/app'],
  [
    'UpdateService',
    { cluster: 'arn:aws:ecs:eu-west-1:1:cluster/prod', service: 'arn:aws:ecs:eu-west-1:1:service/prod/app' },
    'ecs:prod/app',
  ],
  [
    'StopServiceDeployment',
    { serviceDeploymentArn: 'arn:aws:ecs:eu-west-1:1:service-deployment/prod/app/abc' },
    'ecs:prod/app',
  ],
  ['ModifyRule', { RuleArn: RULE }, `elb:${RULE}`],
  ['UpdateAlias', { FunctionName: 'fn', Name: 'live' }, 'lambda:fn/live'],
  [
    'ChangeResourceRecordSets',
    {
      HostedZoneId: '/hostedzone/Z1',
      ChangeBatch: { Changes: [{ ResourceRecordSet: { Name: 'a.example.', Type: 'A' } }] },
    },
    'route53:Z1/a.example/A',
  ],
  ['RollbackInstanceRefresh', { AutoScalingGroupName: 'web' }, 'asg:web'],
  ['CreateDeployment', { applicationName: 'apps', deploymentGroupName: 'fleet' }, 'codedeploy:apps/fleet'],
  ['StopDeployment', { deploymentId: 'd-1' }, 'codedeploy:apps/fleet'],
  ['StopDeployment', { deploymentId: 'd-2' }, null],
  ['DescribeServices', { cluster: 'prod', services: ['app'] }, null],
])('%s names its target', (operation, input, target) => {
  expect(targetOf({ operation, input }, group)).toBe(target);
});
