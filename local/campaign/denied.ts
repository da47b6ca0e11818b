import type { Stage } from '../scenarios/stage.ts';
import type { Settings } from './story.ts';

/**
 * Actions that an organisation may deny to every role of Lastgood, from before it is deployed. Each is needed by some kind
 * of target, or by all.
 */
export const ACTIONS = [
  ...['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory', 'cloudwatch:GetMetricData'],
  ...[
    'cloudwatch:ListTagsForResource',
    'tag:GetResources',
    'cloudtrail:LookupEvents',
    'logs:FilterLogEvents',
  ],
  ...['ecs:ListServiceDeployments', 'ecs:UpdateService', 'ecs:StopServiceDeployment'],
  ...['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancing:ModifyRule'],
  ...['autoscaling:DescribeInstanceRefreshes', 'autoscaling:StartInstanceRefresh'],
  ...['codedeploy:StopDeployment', 'codedeploy:CreateDeployment', 'ec2:DescribeImages'],
  ...['lambda:UpdateAlias', 'lambda:GetFunctionConcurrency', 'route53:ChangeResourceRecordSets'],
] as const;

/**
 * Denies an action to Lastgood for the whole story, as a service control policy does.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function denyFromTheBeginning({ runtime: { wire } }: Stage, { denied = 'none' }: Settings): void {
  if (denied === 'none') return;
  wire.troubles.deny((role, { action }) => role.startsWith('lastgood-') && action === denied);
}
