/** Names of IAM actions by their service. */
type Actions = Readonly<Record<string, readonly string[]>>;

/** What the program itself calls. */
export const OWN: Actions = {
  apigateway: ['GET', 'PATCH', 'POST'],
  appconfig: [
    'DeleteEnvironment',
    'GetDeployment',
    'GetEnvironment',
    'StartDeployment',
    'StopDeployment',
    'TagResource',
  ],
  autoscaling: ['StartInstanceRefresh'],
  cloudformation: [
    'CancelUpdateStack',
    'CreateStack',
    'DeleteStack',
    'DescribeStackEvents',
    'DescribeStackResources',
    'DescribeStacks',
    'GetTemplate',
    'UpdateStack',
  ],
  cloudwatch: ['DescribeAlarmHistory', 'DescribeAlarms', 'GetMetricStatistics', 'ListMetrics'],
  codepipeline: ['GetPipelineState', 'ListActionExecutions', 'StartPipelineExecution'],
  ec2: [
    'CreateLaunchTemplateVersion',
    'DescribeInstances',
    'DescribeSubnets',
    'DescribeVpcs',
    'RunInstances',
  ],
  ecs: [
    'DeregisterTaskDefinition',
    'DescribeServiceDeployments',
    'DescribeServices',
    'ListServiceDeployments',
    'RegisterTaskDefinition',
    'StopServiceDeployment',
    'UpdateService',
  ],
  elasticloadbalancing: ['AddTags', 'DescribeListeners', 'ModifyListener'],
  events: ['PutEvents'],
  iam: ['PassRole'],
  lambda: [
    'GetAlias',
    'GetFunctionConfiguration',
    'InvokeFunction',
    'PublishVersion',
    'UpdateAlias',
    'UpdateFunctionConfiguration',
  ],
  logs: ['DeleteLogGroup'],
  s3: ['DeleteObjectVersion', 'ListBucketVersions', 'PutObject'],
  sqs: ['DeleteMessage', 'ReceiveMessage'],
  ssm: ['GetParameters', 'PutParameter'],
  states: ['DescribeExecution', 'GetExecutionHistory', 'ListExecutions', 'ListStateMachines'],
  'vpc-lattice': ['UpdateListener'],
};

/** What CloudFormation calls with the caller's permissions. Unknown: published-permissions. */
const OF_THE_STACK: Actions = {
  // IAM's actions of API Gateway are the methods of HTTP.
  apigateway: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
  appconfig: [
    'CreateApplication',
    'CreateConfigurationProfile',
    'CreateDeploymentStrategy',
    'CreateEnvironment',
    'CreateHostedConfigurationVersion',
    'DeleteApplication',
    'DeleteConfigurationProfile',
    'DeleteDeploymentStrategy',
    'DeleteEnvironment',
    'DeleteHostedConfigurationVersion',
    'GetApplication',
    'GetConfigurationProfile',
    'GetDeployment',
    'GetDeploymentStrategy',
    'GetEnvironment',
    'GetHostedConfigurationVersion',
    'ListTagsForResource',
    'StartDeployment',
    'StopDeployment',
    'TagResource',
  ],
  autoscaling: [
    'CreateAutoScalingGroup',
    'CreateOrUpdateTags',
    'DeleteAutoScalingGroup',
    'DescribeAutoScalingGroups',
    'UpdateAutoScalingGroup',
  ],
  cloudwatch: ['DeleteAlarms', 'PutMetricAlarm', 'TagResource'],
  codepipeline: ['CreatePipeline', 'DeletePipeline', 'GetPipeline', 'ListTagsForResource', 'TagResource'],
  ec2: [
    'AuthorizeSecurityGroupIngress',
    'CreateLaunchTemplate',
    'CreateSecurityGroup',
    'CreateTags',
    'DeleteLaunchTemplate',
    'DeleteSecurityGroup',
  ],
  ecs: [
    'CreateCluster',
    'CreateService',
    'DeleteCluster',
    'DeleteService',
    'DeregisterTaskDefinition',
    'DescribeServices',
    'ListServiceDeployments',
    'RegisterTaskDefinition',
    'TagResource',
  ],
  elasticloadbalancing: [
    'AddTags',
    'CreateListener',
    'CreateLoadBalancer',
    'CreateRule',
    'CreateTargetGroup',
    'DeleteListener',
    'DeleteLoadBalancer',
    'DeleteRule',
    'DeleteTargetGroup',
    'ModifyTargetGroupAttributes',
  ],
  events: [
    'DeleteRule',
    'DescribeRule',
    'ListTargetsByRule',
    'PutRule',
    'PutTargets',
    'RemoveTargets',
    'TagResource',
  ],
  iam: [
    'AttachRolePolicy',
    'CreateRole',
    'CreateServiceLinkedRole',
    'DeleteRole',
    'DeleteRolePolicy',
    'DetachRolePolicy',
    'GetRole',
    'GetRolePolicy',
    'PassRole',
    'PutRolePolicy',
    'TagRole',
  ],
  lambda: [
    'CreateAlias',
    'CreateFunction',
    'DeleteAlias',
    'DeleteFunction',
    'GetAlias',
    'GetFunction',
    'GetFunctionCodeSigningConfig',
    'GetFunctionConfiguration',
    'GetProvisionedConcurrencyConfig',
    'GetRuntimeManagementConfig',
    'ListTags',
    'PublishVersion',
    'TagResource',
    'UpdateAlias',
    'UpdateFunctionConfiguration',
  ],
  s3: ['CreateBucket', 'DeleteBucket', 'PutBucketTagging', 'PutBucketVersioning'],
  sqs: [
    'CreateQueue',
    'DeleteQueue',
    'GetQueueAttributes',
    'ListQueueTags',
    'SetQueueAttributes',
    'TagQueue',
  ],
  ssm: ['AddTagsToResource', 'DeleteParameter', 'GetParameters', 'ListTagsForResource', 'PutParameter'],
  // Of the handlers' permissions in the types' schemas, those for the properties in use.
  'vpc-lattice': [
    'CreateListener',
    'CreateService',
    'CreateServiceNetwork',
    'CreateServiceNetworkServiceAssociation',
    'CreateServiceNetworkVpcAssociation',
    'CreateTargetGroup',
    'DeleteListener',
    'DeleteService',
    'DeleteServiceNetwork',
    'DeleteServiceNetworkServiceAssociation',
    'DeleteServiceNetworkVpcAssociation',
    'DeleteTargetGroup',
    'DeregisterTargets',
    'GetListener',
    'GetService',
    'GetServiceNetwork',
    'GetServiceNetworkServiceAssociation',
    'GetServiceNetworkVpcAssociation',
    'GetTargetGroup',
    'ListServiceNetworkVpcAssociations',
    'ListTagsForResource',
    'ListTargets',
    'TagResource',
    'UntagResource',
  ],
};

/** Returns the actions, sorted. */
export function actionsNeeded(): readonly string[] {
  const all = [OWN, OF_THE_STACK].flatMap((actions) =>
    Object.entries(actions).flatMap(([service, names]) => names.map((name) => `${service}:${name}`)),
  );
  return [...new Set(all)].toSorted();
}

/** A policy as IAM takes it. */
interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*';
  }[];
}

/** Returns the policy of a caller. */
export function policyOf(): Policy {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actionsNeeded(), Resource: '*' }],
  };
}
