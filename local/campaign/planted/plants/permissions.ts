import type { Plant } from '../plant.ts';

const ECS = ['ecs'];
const DEAD_LETTERS = '  destinations:\n    onFailure: { type: sqs, arn: !GetAtt DeadLetters.Arn }\n';
const TAGGED = '\n      Condition:\n        StringEquals: { "aws:ResourceTag/lastgood": [auto, approve] }';

/** Drops the condition on the tag after a line of a statement. */
function withoutTag(name: string, is: string, file: string, before: string, kinds: readonly string[]): Plant {
  return { name, is, shows: 'bus-away', file, kinds, from: `${before}${TAGGED}`, to: before };
}

/** Faults of permissions, rules and the template. */
export const permissions: readonly Plant[] = [
  withoutTag(
    'ecs-writes-without-the-tag',
    'IAM lets Lastgood write to services that did not opt in',
    'functions/mechanisms/ecs/function.yml',
    [
      '      Action: [ecs:StopServiceDeployment, ecs:ContinueServiceDeployment, ecs:UpdateService]',
      '      Resource: !Sub arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:service/*',
    ].join('\n'),
    ECS,
  ),
  withoutTag(
    'lambda-writes-without-the-tag',
    'IAM lets Lastgood write to functions that did not opt in',
    'functions/mechanisms/lambda/function.yml',
    [
      '      Action: lambda:UpdateAlias',
      '      Resource: !Sub arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*',
    ].join('\n'),
    ['lambda'],
  ),
  withoutTag(
    'codedeploy-writes-without-the-tag',
    'IAM lets Lastgood write to deployment groups that did not opt in',
    'functions/mechanisms/codedeploy/function.yml',
    [
      '      Action: [codedeploy:CreateDeployment, codedeploy:UpdateDeploymentGroup]',
      '      Resource: !Sub arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:*',
    ].join('\n'),
    ['codedeploy'],
  ),
  {
    name: 'ecs-may-not-list-deployments',
    shows: 'redelivered',
    is: 'the role of the mechanism lacks an action that a plan needs',
    ...{ file: 'functions/mechanisms/ecs/function.yml', kinds: ECS },
    from: '          ecs:ListServiceDeployments,\n',
    to: '',
  },
  {
    name: 'guard-may-not-read-history',
    shows: 'redelivered',
    is: 'the guard may not read the history of alarms',
    ...{ file: 'functions/guard/function.yml', kinds: ECS },
    from: 'Action: cloudwatch:DescribeAlarmHistory',
    to: 'Action: cloudwatch:DescribeAlarms',
  },
  {
    name: 'guard-publishes-as-anyone',
    is: 'the guard may put events of any source on the bus',
    ...{ file: 'functions/guard/function.yml', kinds: ECS },
    from: '\n      Condition:\n        ForAllValues:StringEquals: { "events:source": lastgood }',
    to: '',
  },
  {
    name: 'lookout-may-write-the-ledger',
    is: 'a lookout may prove and condemn revisions',
    ...{ file: 'functions/lookout/function.yml', kinds: ECS },
    from: '"dynamodb:LeadingKeys": ["lookout#*"]',
    to: '"dynamodb:LeadingKeys": ["*"]',
  },
  {
    name: 'rule-misses-failed-deployments',
    shows: 'never-starts',
    is: "the rule's pattern does not match the event of a failed deployment",
    ...{ file: 'functions/mechanisms/ecs/events.yml', kinds: ECS },
    from: '          - SERVICE_DEPLOYMENT_FAILED\n',
    to: '',
  },
  {
    name: 'rule-misses-alarms',
    shows: 'redelivered',
    is: "the rule's pattern does not match the event of an alarm",
    ...{ file: 'functions/on-alarm/pattern.yml', kinds: ECS },
    from: 'detail-type: [CloudWatch Alarm State Change, CloudWatch Alarm Contributor State Change]',
    to: 'detail-type: [CloudWatch Alarm Contributor State Change]',
  },
  {
    name: 'rule-believes-other-accounts',
    is: 'an event that a rule of another account forwards starts a rollback',
    repeats: 'facts R3: look-alike events by cross-account rules',
    ...{ file: 'functions/on-alarm/pattern.yml', kinds: ECS },
    from: 'account: [!Ref AWS::AccountId]\n',
    to: '',
  },
  {
    name: 'own-alarms-start-rollbacks',
    is: "an alarm on Lastgood's own stack starts a rollback",
    ...{ file: 'functions/on-alarm/pattern.yml', kinds: ECS },
    from: '  alarmName: [{ anything-but: { prefix: "lastgood-${sls:stage}-" } }]\n',
    to: '',
  },
  {
    name: 'alarm-without-dead-letters',
    is: 'an event that on-alarm fails on is dropped',
    repeats: 'facts R1: what fails without a queue is dropped',
    ...{ file: 'functions/on-alarm/function.yml', kinds: ECS },
    from: DEAD_LETTERS,
    to: '',
  },
  {
    name: 'rule-without-dead-letters',
    is: 'an event that EventBridge cannot deliver is dropped',
    repeats: 'facts R1: NO_PERMISSIONS goes straight to the queue, or is dropped',
    ...{ file: 'functions/mechanisms/ecs/events.yml', kinds: ECS },
    from: '    deadLetterQueueArn: !GetAtt DeadLetters.Arn\n',
    to: '',
  },
  {
    name: 'backstop-without-dead-letters',
    is: 'the end of a crashed execution is dropped where Report fails on it',
    ...{ file: 'functions/report/function.yml', kinds: ECS },
    from: DEAD_LETTERS,
    to: '',
  },
  {
    name: 'door-without-a-limit',
    is: 'a flood of requests of Slack takes the capacity of the workflow',
    ...{ file: 'functions/doors.yml', kinds: ECS },
    from: '  OnDashslackLambdaFunction:\n    Properties: { ReservedConcurrentExecutions: *cap }',
    to: '  OnDashslackLambdaFunction:\n    Properties: { MemorySize: 1024 }',
  },
  {
    name: 'sweep-runs-each-hour',
    is: 'the sweep runs once an hour',
    ...{ file: 'functions/sweep/function.yml', kinds: ECS },
    from: 'schedule: rate(1 minute)',
    to: 'schedule: rate(1 hour)',
  },
];
