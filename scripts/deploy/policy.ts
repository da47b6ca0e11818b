import published from './actions.json' with { type: 'json' };

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/**
 * The longest managed policy, without white space:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MAX_POLICY_LENGTH = 6144;

/** Actions that CloudFormation's handlers call, by resource type. Unknown: published-permissions. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = published.actions;

/** Published actions that this template never needs, with the reason. */
export const NOT_NEEDED: readonly (readonly [pattern: RegExp, because: string])[] = [
  [/^(ec2|elasticfilesystem|firehose|kinesis|s3files|s3tables):/, 'nothing is in a VPC, mounted or streamed'],
  [
    /^dynamodb:(BatchWriteItem|(Get|Put|Update|Delete)Item|Query|Scan)$/,
    'a deployer must not write the ledger',
  ],
  [/^dynamodb:(.*Replica|ImportTable|(Put|Delete)ResourcePolicy)$/, 'no global table, import or policy'],
  [/^dynamodb:(Enable|Disable|Update)(Kinesis|Contributor)/, 'nothing streams, no contributor insights'],
  [
    /^iam:(.*(User|Group)Policy|CreateServiceLinkedRole|(Attach|Detach)RolePolicy)$/,
    'inline policies of roles',
  ],
  [/^lambda:(.*CodeSigning.*|.*ScalingConfig|.*Capacity.*|GetLayerVersion|PublishVersion)$/, 'not used'],
  [/^logs:(CreateLog(Stream|Delivery)|PutLogEvents|Put.*Authentication|PutLogGroup.*)$/, 'log groups alone'],
  [/^logs:(Put|Delete)(DataProtection|Index|Resource)Policy$/, 'log groups alone'],
  [/^s3:(Create|Update)BucketMetadata|^s3:(Put|Delete).*(Website|Cors|CORS|Acl|Logging)$/, 'a plain bucket'],
  [/^s3:(Put|Delete).*(Notification|Analytics|Inventory|Tiering|Metrics|Metadata)/, 'a plain bucket'],
  [/^s3:(Put|Delete).*(Replication|Accelerate|Abac|ObjectLock|Versioning|Ownership)/, 'a plain bucket'],
  [/^(s3:(REST\.|GetObjectMetadata|getObject)|kms:ReEncrypt$)/, 'no action of IAM'],
];

/** Actions without resource-level permissions (Service Authorization Reference). */
const ON_EVERY_RESOURCE =
  /^(cloudformation:(ValidateTemplate|ListExports)|events:ListRules|kms:ListAliases|logs:Describe(LogGroups|ResourcePolicies))$/;

/** What osls and the commands of this project call besides CloudFormation's handlers. */
const CALLED: readonly string[] = [
  ...['CreateChangeSet', 'DeleteChangeSet', 'DeleteStack', 'DescribeChangeSet', 'DescribeStackEvents'],
  ...['DescribeStackResource', 'DescribeStackResources', 'DescribeStacks', 'ExecuteChangeSet', 'GetTemplate'],
  ...['ListExports', 'ListStackResources', 'TagResource', 'UntagResource', 'ValidateTemplate'],
]
  .map((action) => `cloudformation:${action}`)
  .concat(
    'events:ListRules',
    's3:DeleteObjectVersion',
    's3:GetObject',
    's3:ListBucketVersions',
    's3:PutObject',
  )
  .concat('states:ListExecutions');

/** Returns the resources of a service that the stack may have. */
type Resources = (name: string) => readonly string[];

/** IAM takes no wildcard as the partition. REGIONS are all of this one. */
const arn = (rest: string) => `arn:aws:${rest}`;

const RESOURCES: Readonly<Record<string, Resources>> = {
  apigateway: () => ['apis', 'apis/*', 'tags/*'].map((path) => arn(`apigateway:*::/${path}`)),
  cloudformation: (name) => [arn(`cloudformation:*:*:stack/${name}/*`)],
  // Dashboards belong to no Region.
  cloudwatch: (name) => [arn(`cloudwatch:*:*:alarm:${name}-*`), arn(`cloudwatch::*:dashboard/${name}-*`)],
  dynamodb: (name) => [arn(`dynamodb:*:*:table/${name}-*`)],
  events: (name) =>
    [`event-bus/${name}`, `rule/${name}-*`, `rule/${name}/*`].map((one) => arn(`events:*:*:${one}`)),
  iam: (name) => [arn(`iam::*:role/${name}-*`)],
  kms: () => [arn('kms:*:*:key/*')],
  lambda: (name) => [arn(`lambda:*:*:function:${name}-*`)],
  logs: (name) =>
    ['/aws/lambda', '/aws/vendedlogs/states'].map((group) => arn(`logs:*:*:log-group:${group}/${name}-*`)),
  s3: (name) => [arn(`s3:::${name.toLowerCase()}-*`)],
  schemas: (name) => [`registry/${name}`, `schema/${name}/*`].map((one) => arn(`schemas:*:*:${one}`)),
  sqs: (name) => [arn(`sqs:*:*:${name}-*`)],
  states: (name) => [arn(`states:*:*:stateMachine:${name}-*`)],
};

const PASSED = { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'states.amazonaws.com'] } };
const VIA = {
  StringLike: { 'kms:ViaService': ['dynamodb.*', 'events.*', 'logs.*', 'sqs.*'] },
};

/**
 * Returns what a deployer needs for a stage of a template with these resource types.
 * @throws Error naming a type whose actions are not in actions.json, or a service without resources
 */
export function policyOf(types: Iterable<string>, stage: string): Policy {
  const Statement = statementsOf(stage, types).map((one) => ({ ...one, Action: folded(one.Action) }));
  return { Version: '2012-10-17', Statement };
}

/** Returns its statements with every action in full. Without types, those of actions.json, which are the template's. */
export function statementsOf(
  stage: string,
  types: Iterable<string> = Object.keys(BY_TYPE),
): readonly Statement[] {
  const needed = neededBy(types);
  const unnamed = needed.filter((action) => ON_EVERY_RESOURCE.test(action));
  const named = needed.filter((action) => !unnamed.includes(action) && action !== 'iam:PassRole');
  const services = Map.groupBy(named, (action) => action.split(':')[0] ?? '');
  return [
    ...[...services].map(([service, actions]) => ({
      ...statement(service, actions, resourcesOf(service, stage)),
      ...(service === 'kms' && { Condition: VIA }),
    })),
    { ...statement('passRole', ['iam:PassRole'], resourcesOf('iam', stage)), Condition: PASSED },
    statement('everywhere', unnamed, ['*']),
  ];
}

/** Returns the actions that the types and the commands call, each once and in order. */
export function neededBy(types: Iterable<string>): readonly string[] {
  const handled = [...new Set(types)].flatMap((type) => {
    const actions = BY_TYPE[type];
    if (actions === undefined) throw new Error(`scripts/deploy/actions.json has no actions of ${type}`);
    return actions.map((action) => action.replace(/^S3:/, 's3:'));
  });
  const needed = handled.filter((action) => !NOT_NEEDED.some(([pattern]) => pattern.test(action)));
  return [...new Set([...needed, ...CALLED])].sort();
}

/** Folds reads without content of the ledger, because a policy has a limit. */
function folded(actions: readonly string[]): readonly string[] {
  return [
    ...new Set(
      actions.map((action) => action.replace(/^(s3:Get|(cloudformation|dynamodb):Describe).*/, '$1*')),
    ),
  ];
}

function resourcesOf(service: string, stage: string): readonly string[] {
  const resources = RESOURCES[service];
  if (resources === undefined) throw new Error(`scripts/deploy/policy.ts names no resources of ${service}`);
  return resources(`lastgood-${stage}`);
}

function statement(sid: string, Action: readonly string[], Resource: readonly string[]): Statement {
  return { Sid: sid.charAt(0).toUpperCase() + sid.slice(1), Effect: 'Allow', Action, Resource };
}
