export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

const GROUP = { AutoScalingGroupName: 'web' };
const LAUNCH = { LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' } };
const SERVICE = { cluster: 'prod', service: 'checkout' };
const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1a2b';
const PART = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/1';
const DEPLOYMENT = {
  ...{ applicationName: 'shop', deploymentGroupName: 'web' },
  deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
  overrideAlarmConfiguration: { enabled: false },
};
const FLAGS = { ApplicationId: 'ba8toh7', EnvironmentId: 'pgil2o7' };
const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
const LOGIN = {
  Type: 'authenticate-cognito',
  AuthenticateCognitoConfig: {
    UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop01234',
  },
};
const FORWARD = { forward: { targetGroups: [{ targetGroupIdentifier: 'tg-1', weight: 1 }] } };
const INFRASTRUCTURE = {
  loadBalancers: [{ advancedConfiguration: { roleArn: role('ecs-load-balancing') } }],
  volumeConfigurations: [{ name: 'data', managedEBSVolume: { roleArn: role('ecs-volumes') } }],
};

type Write = readonly [service: string, operation: string, input: object];
const SHIFTS: readonly Write[] = [
  [
    'elasticloadbalancing',
    'ModifyRule',
    { RuleArn: `${ELB}:listener-rule/app/shop/1/2/3`, Actions: [LOGIN] },
  ],
  [
    'elasticloadbalancing',
    'ModifyListener',
    { ListenerArn: `${ELB}:listener/app/shop/1/2`, DefaultActions: [LOGIN] },
  ],
];
const DEPLOYS: readonly Write[] = [
  ['codedeploy', 'CreateDeployment', DEPLOYMENT],
  ['codedeploy', 'StopDeployment', { deploymentId: 'd-1' }],
];

const PROD = { pipelineName: 'checkout', stageName: 'Prod' };
const EXECUTION = '01234567-0123-4123-8123-012345678901';

/** Every write of every mechanism, by kind, as large as it can be. */
export const WRITES: Readonly<Record<string, readonly Write[]>> = {
  apigateway: [['apigateway', 'UpdateStage', { restApiId: 'a1b2c3d4e5', stageName: 'prod' }]],
  appconfig: [
    ['appconfig', 'StopDeployment', { ...FLAGS, DeploymentNumber: 2, AllowRevert: true }],
    [
      'appconfig',
      'StartDeployment',
      {
        ...{ ...FLAGS, ConfigurationProfileId: 'ga3tqep', DeploymentStrategyId: 'AppConfig.AllAtOnce' },
        ConfigurationVersion: '1',
      },
    ],
  ],
  asg: [
    ['autoscaling', 'UpdateAutoScalingGroup', { ...GROUP, ...LAUNCH }],
    ['autoscaling', 'StartInstanceRefresh', { ...GROUP, DesiredConfiguration: LAUNCH }],
    ['autoscaling', 'RollbackInstanceRefresh', GROUP],
    ['autoscaling', 'CancelInstanceRefresh', GROUP],
  ],
  cloudformation: [
    ['cloudformation', 'CancelUpdateStack', { StackName: STACK }],
    ['cloudformation', 'RollbackStack', { StackName: STACK }],
    ['cloudformation', 'ContinueUpdateRollback', { StackName: STACK }],
  ],
  codedeploy: DEPLOYS,
  ecs: [
    ['ecs', 'UpdateService', { ...SERVICE, taskDefinition: 'checkout:1', ...INFRASTRUCTURE }],
    ['ecs', 'StopServiceDeployment', { serviceDeploymentArn: PART }],
    ['ecs', 'ContinueServiceDeployment', { serviceDeploymentArn: PART }],
    ['ecs', 'CreateTaskSet', { ...SERVICE, taskDefinition: 'checkout:1' }],
    ['ecs', 'UpdateTaskSet', { ...SERVICE, taskSet: 'ecs-svc/1' }],
    ['ecs', 'UpdateServicePrimaryTaskSet', { ...SERVICE, primaryTaskSet: 'ecs-svc/1' }],
    ...SHIFTS,
    ...DEPLOYS,
  ],
  elb: [...SHIFTS, ['autoscaling', 'SetDesiredCapacity', GROUP]],
  external: [
    [
      'events',
      'PutEvents',
      { Entries: [{ EventBusName: 'lastgood-prod', Source: 'lastgood', DetailType: 'Rollback Wanted' }] },
    ],
  ],
  lambda: [['lambda', 'UpdateAlias', { FunctionName: 'checkout', Name: 'live' }]],
  lattice: [
    [
      'vpc-lattice',
      'UpdateListener',
      { serviceIdentifier: 'svc-1', listenerIdentifier: 'listener-1', defaultAction: FORWARD },
    ],
    [
      'vpc-lattice',
      'UpdateRule',
      {
        ...{ serviceIdentifier: 'svc-1', listenerIdentifier: 'listener-1', ruleIdentifier: 'rule-1' },
        action: FORWARD,
      },
    ],
  ],
  pipeline: [
    ['codepipeline', 'RollbackStage', { ...PROD, targetPipelineExecutionId: EXECUTION }],
    ['codepipeline', 'DisableStageTransition', { ...PROD, transitionType: 'Inbound', reason: 'held' }],
  ],
  route53: [
    [
      'route53',
      'ChangeResourceRecordSets',
      {
        HostedZoneId: 'Z1',
        ChangeBatch: {
          Changes: [{ Action: 'UPSERT', ResourceRecordSet: { Name: 'shop.example.com', Type: 'A' } }],
        },
      },
    ],
  ],
};
