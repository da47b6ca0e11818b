/** Names of IAM actions by their service. */
type Actions = Readonly<Record<string, readonly string[]>>;

/** What the program itself calls. */
const OWN: Actions = {
  cloudformation: [
    'CreateStack',
    'DeleteStack',
    'DescribeStackEvents',
    'DescribeStackResources',
    'DescribeStacks',
  ],
  cloudwatch: ['DescribeAlarms'],
  ec2: ['DescribeSubnets', 'DescribeVpcs'],
  ecs: [
    'DescribeServiceDeployments',
    'DescribeServices',
    'ListServiceDeployments',
    'RegisterTaskDefinition',
    'UpdateService',
  ],
  events: ['PutEvents'],
  states: ['DescribeExecution', 'ListExecutions', 'ListStateMachines'],
};

/** What CloudFormation calls with the caller's permissions. */
const OF_THE_STACK: Actions = {
  cloudwatch: ['DeleteAlarms', 'PutMetricAlarm', 'TagResource'],
  ec2: ['AuthorizeSecurityGroupIngress', 'CreateSecurityGroup', 'CreateTags', 'DeleteSecurityGroup'],
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
    'CreateTargetGroup',
    'DeleteListener',
    'DeleteLoadBalancer',
    'DeleteTargetGroup',
    'ModifyTargetGroupAttributes',
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
