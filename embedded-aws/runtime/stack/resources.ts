import { roleName } from './identities.ts';
import type { BucketPolicy, PolicyDocument, Queue, Role, StateMachine } from './stack.ts';
import type { Resource } from './template.ts';

type Json = Readonly<Record<string, unknown>>;

/** Returns a role with its inline policies and those that other resources attach to it. */
export function roleOf({ name, ref, properties, attributes }: Resource, attached: readonly Resource[]): Role {
  const others = attached.filter(({ properties: of }) => (of['Roles'] as readonly unknown[]).includes(ref));
  const policies = (properties['Policies'] ?? []) as readonly { readonly PolicyDocument: PolicyDocument }[];
  const managed = (properties['ManagedPolicyArns'] ?? []) as readonly string[];
  if (managed.length > 0)
    throw new Error(`role ${name} has managed policies, whose text is not in the template`);
  return {
    name,
    arn: attributes['Arn'] ?? '',
    policies: [
      ...policies.map(({ PolicyDocument }) => PolicyDocument),
      ...others.map(({ properties: of }) => of['PolicyDocument'] as PolicyDocument),
    ],
  };
}

export function queueOf(
  { name, ref, properties, attributes }: Resource,
  policies: readonly Resource[],
): Queue {
  const own = policies.filter((policy) => (policy.properties['Queues'] as readonly string[]).includes(ref));
  return {
    name,
    arn: attributes['Arn'] ?? '',
    url: ref,
    policies: own.map((policy) => policy.properties['PolicyDocument'] as PolicyDocument),
    visibilitySeconds: Number(properties['VisibilityTimeout'] ?? 30),
  };
}

/** Returns the statements of a bucket's policy. */
export function bucketPoliciesOf({ properties }: Resource): readonly BucketPolicy[] {
  const { Statement } = properties['PolicyDocument'] as PolicyDocument;
  return [Statement].flat().map((statement) => ({ bucket: String(properties['Bucket']), statement }));
}

export function stateMachineOf({ name, ref, properties }: Resource): StateMachine {
  const definition =
    properties['Definition'] ?? (JSON.parse(String(properties['DefinitionString'])) as unknown);
  const substitutions = (properties['DefinitionSubstitutions'] ?? {}) as Json;
  const text = JSON.stringify(definition).replace(/\$\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(substitutions, key) ? JSON.stringify(String(substitutions[key])).slice(1, -1) : whole,
  );
  return {
    name,
    arn: ref,
    role: roleName(properties['RoleArn']),
    type: properties['StateMachineType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    definition: JSON.parse(text) as Json,
  };
}

/** The table properties that dynalite's CreateTable accepts. */
const TABLE_PROPERTIES = [
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'BillingMode',
];

export function tableOf({ name, properties }: Resource): Json {
  const known = Object.entries(properties).filter(([key]) => TABLE_PROPERTIES.includes(key));
  return { ...Object.fromEntries(known), TableName: name };
}

/**
 * Returns the input of PutParameter. The template has its tags as a map:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
 */
export function parameterOf({ name, properties }: Resource): Json {
  const { Tags = {}, ...rest } = properties;
  return {
    ...rest,
    Name: name,
    Tags: Object.entries(Tags as Json).map(([Key, Value]) => ({ Key, Value: String(Value) })),
  };
}

export function alarmOf({ name, properties }: Resource): Json {
  return { ...properties, AlarmName: name };
}

export function subscriptionOf({ properties }: Resource): {
  topicArn: string;
  protocol: string;
  endpoint: string;
} {
  return {
    topicArn: String(properties['TopicArn']),
    protocol: String(properties['Protocol']),
    endpoint: String(properties['Endpoint']),
  };
}
