import { describe, expect, it } from 'vitest';
import { allowed } from './grants.ts';

const NO_RESOURCES = 'no resource-level permissions (Service Authorization Reference)';
const COMPOSITES = 'CloudWatch shows composite alarms only to a caller who may read all alarms';

/** Actions that a role may call on every resource, with the reason. */
const ON_EVERY_RESOURCE: Readonly<Record<string, string>> = {
  'application-autoscaling:DescribeScalableTargets': NO_RESOURCES,
  'autoscaling:DescribeAutoScalingGroups': NO_RESOURCES,
  'autoscaling:DescribeAutoScalingInstances': NO_RESOURCES,
  'autoscaling:DescribeInstanceRefreshes': NO_RESOURCES,
  'autoscaling:DescribeScalingActivities': NO_RESOURCES,
  'cloudformation:ListStacks': NO_RESOURCES,
  'cloudwatch:DescribeAlarmHistory': COMPOSITES,
  'cloudwatch:DescribeAlarms': COMPOSITES,
  'cloudwatch:GetMetricData': NO_RESOURCES,
  'cloudwatch:GetMetricWidgetImage': NO_RESOURCES,
  'cloudtrail:LookupEvents': NO_RESOURCES,
  'codedeploy:BatchGetDeploymentTargets': NO_RESOURCES,
  'codedeploy:ListDeploymentTargets': NO_RESOURCES,
  'codedeploy:ListDeployments':
    'without a group it covers the account, and AWS documents no resource for that',
  'codedeploy:StopDeployment': NO_RESOURCES,
  'ec2:DescribeImages': NO_RESOURCES,
  'events:ListRules': NO_RESOURCES,
  'ec2:DescribeInstances': NO_RESOURCES,
  'ec2:DescribeLaunchTemplateVersions': NO_RESOURCES,
  'ec2:RunInstances': 'the condition names the launch templates of the account instead',
  'ecs:DescribeTaskDefinition': NO_RESOURCES,
  'elasticloadbalancing:DescribeListeners': NO_RESOURCES,
  'elasticloadbalancing:DescribeLoadBalancers': NO_RESOURCES,
  'elasticloadbalancing:DescribeRules': NO_RESOURCES,
  'elasticloadbalancing:DescribeTags': NO_RESOURCES,
  'elasticloadbalancing:DescribeTargetGroupAttributes': NO_RESOURCES,
  'elasticloadbalancing:DescribeTargetGroups': NO_RESOURCES,
  'elasticloadbalancing:DescribeTargetHealth': NO_RESOURCES,
  'logs:CreateLogDelivery': NO_RESOURCES,
  'logs:DeleteLogDelivery': NO_RESOURCES,
  'logs:DescribeLogGroups': NO_RESOURCES,
  'logs:DescribeResourcePolicies': NO_RESOURCES,
  'logs:GetLogDelivery': NO_RESOURCES,
  'logs:ListLogDeliveries': NO_RESOURCES,
  'logs:PutResourcePolicy': NO_RESOURCES,
  'logs:UpdateLogDelivery': NO_RESOURCES,
  'route53:ListHostedZones': NO_RESOURCES,
  'states:SendTaskSuccess': NO_RESOURCES,
  'tag:GetResources': NO_RESOURCES,
  'vpc-lattice:ListListeners': NO_RESOURCES,
  'vpc-lattice:ListRules': NO_RESOURCES,
  'vpc-lattice:ListTargetGroups': NO_RESOURCES,
  'xray:GetSamplingRules': NO_RESOURCES,
  'xray:GetSamplingTargets': NO_RESOURCES,
  'xray:PutTelemetryRecords': NO_RESOURCES,
  'xray:PutTraceSegments': NO_RESOURCES,
};

describe('`Resource: "*"` in the packaged template', () => {
  const actions = allowed.filter(({ resources }) => resources.includes('*')).map(({ action }) => action);

  it('is allowed only for the actions on the list, each with its reason', () => {
    expect([...new Set(actions)].toSorted()).toEqual(Object.keys(ON_EVERY_RESOURCE).toSorted());
  });
});
