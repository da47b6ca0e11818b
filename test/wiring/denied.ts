import type { Grant } from './grants.ts';

/** What may never happen, whatever is allowed elsewhere. */
export const DENIED: readonly (readonly [
  role: string,
  action: string,
  resource: string,
  when: Grant['when'],
])[] = [
  // Lastgood's own logs are no evidence.
  [
    'evidence',
    'logs:GetLogEvents',
    'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/lastgood-*',
    undefined,
  ],
  [
    'evidence',
    'logs:FilterLogEvents',
    'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/lastgood-*',
    undefined,
  ],
  [
    'evidence',
    'lambda:GetFunctionConfiguration',
    'arn:aws:lambda:eu-west-1:111122223333:function:lastgood-*',
    undefined,
  ],
  ['mechanism-asg', 'autoscaling:UpdateAutoScalingGroup', '*', { Null: { 'autoscaling:MinSize': 'false' } }],
  ['mechanism-asg', 'autoscaling:UpdateAutoScalingGroup', '*', { Null: { 'autoscaling:MaxSize': 'false' } }],
  [
    'mechanism-asg',
    'autoscaling:UpdateAutoScalingGroup',
    '*',
    { Bool: { 'autoscaling:LaunchTemplateVersionSpecified': 'false' } },
  ],
  [
    'mechanism-asg',
    'ec2:RunInstances',
    'arn:aws:ec2:eu-west-1:111122223333:key-pair/*',
    { Bool: { 'ec2:IsLaunchTemplateResource': 'false' } },
  ],
  [
    'mechanism-asg',
    'ec2:RunInstances',
    'arn:aws:ec2:eu-west-1::image/*',
    {
      Bool: { 'ec2:IsLaunchTemplateResource': 'false' },
      StringNotEquals: { 'ec2:Owner': '111122223333' },
    },
  ],
  [
    'mechanism-asg',
    'ssm:GetParameters',
    'arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/*/*/*',
    undefined,
  ],
  ['mechanism-ecs', 'ecs:UpdateService', '*', { StringEquals: { 'ecs:enable-execute-command': 'true' } }],
];
