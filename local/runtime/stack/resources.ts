import path from 'node:path';
import { arn } from '../../world/aws.ts';
import { busName } from './identities.ts';
import type {
  AsyncConfig,
  BusPolicy,
  LambdaFunction,
  Permission,
  PolicyDocument,
  Queue,
  Role,
  Rule,
  StateMachine,
  Statement,
  Target,
} from './stack.ts';
import type { Resource } from './template.ts';

type Json = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html: two retries, six hours. */
const ASYNC: AsyncConfig = { retries: 2, maxAgeSeconds: 21_600 };

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html: 24 hours, 185 times. */
const RETRY = { maxAgeSeconds: 86_400, attempts: 185 };

export function functionOf(
  resource: Resource,
  root: string,
  asyncConfigs: ReadonlyMap<string, AsyncConfig>,
): LambdaFunction {
  const { name, properties, attributes } = resource;
  const handler = String(properties['Handler']);
  const dot = handler.lastIndexOf('.');
  const dead = (properties['DeadLetterConfig'] as Json | undefined)?.['TargetArn'];
  return {
    name,
    arn: attributes['Arn'] ?? '',
    module: path.resolve(root, `${handler.slice(0, dot)}.mjs`),
    handler: handler.slice(dot + 1),
    environment: variables(properties['Environment'] as Json | undefined),
    role: roleName(properties['Role']),
    timeoutSeconds: Number(properties['Timeout'] ?? 3),
    memoryMb: Number(properties['MemorySize'] ?? 128),
    runtime: String(properties['Runtime']),
    async: { ...(asyncConfigs.get(name) ?? ASYNC), ...(typeof dead === 'string' && { deadLetters: dead }) },
  };
}

function variables(environment: Json = {}): Record<string, string> {
  const given = (environment['Variables'] ?? {}) as Json;
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
}

/** The asynchronous settings by function name. */
export function asyncOf(configs: readonly Resource[]): Map<string, AsyncConfig> {
  return new Map(
    configs.map(({ properties }) => {
      const destination = (
        (properties['DestinationConfig'] as Json | undefined)?.['OnFailure'] as Json | undefined
      )?.['Destination'];
      const config: AsyncConfig = {
        retries: Number(properties['MaximumRetryAttempts'] ?? ASYNC.retries),
        maxAgeSeconds: Number(properties['MaximumEventAgeInSeconds'] ?? ASYNC.maxAgeSeconds),
        ...(typeof destination === 'string' && { onFailure: destination }),
      };
      return [functionName(properties['FunctionName']), config] as const;
    }),
  );
}

export function permissionOf({ properties }: Resource): Permission {
  const { SourceArn: source, SourceAccount: account } = properties;
  return {
    function: arn('lambda', `function:${functionName(properties['FunctionName'])}`),
    principal: String(properties['Principal']),
    ...(typeof source === 'string' && { sourceArn: source }),
    ...(typeof account === 'string' && { sourceAccount: account }),
  };
}

/** A role with the policies that stand in it and those that other resources attach to it. */
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

/** Null for a rule that is switched off. */
export function ruleOf({ name, properties, attributes }: Resource): Rule | null {
  if (properties['State'] === 'DISABLED') return null;
  const { EventPattern: pattern, ScheduleExpression: schedule } = properties;
  const targets = (properties['Targets'] ?? []) as readonly Json[];
  return {
    name,
    arn: attributes['Arn'] ?? '',
    bus: busName(properties['EventBusName']),
    ...(typeof pattern === 'object' && pattern !== null && { pattern: pattern as Json }),
    ...(typeof schedule === 'string' && { schedule }),
    targets: targets.map(targetOf),
  };
}

function targetOf(target: Json): Target {
  const retry = (target['RetryPolicy'] ?? {}) as {
    readonly MaximumEventAgeInSeconds?: number;
    readonly MaximumRetryAttempts?: number;
  };
  const dead = (target['DeadLetterConfig'] as Json | undefined)?.['Arn'];
  const { RoleArn: role, Input: input, InputPath: inputPath, InputTransformer: transformer } = target;
  return {
    id: String(target['Id']),
    arn: String(target['Arn']),
    ...(typeof role === 'string' && { roleArn: role }),
    ...(typeof input === 'string' && { input }),
    ...(typeof inputPath === 'string' && { inputPath }),
    ...(typeof transformer === 'object' && {
      inputTransformer: transformer as NonNullable<Target['inputTransformer']>,
    }),
    retry: {
      maxAgeSeconds: retry.MaximumEventAgeInSeconds ?? RETRY.maxAgeSeconds,
      attempts: retry.MaximumRetryAttempts ?? RETRY.attempts,
    },
    ...(typeof dead === 'string' && { deadLetters: dead }),
  };
}

export function busPolicyOf({ properties }: Resource): BusPolicy {
  return {
    bus: busName(properties['EventBusName']),
    statement: properties['Statement'] as Statement,
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

/** What dynalite's CreateTable knows of a table's properties. */
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

/** The name in `name`, `name:qualifier`, or an ARN of a function. */
export function functionName(given: unknown): string {
  const text = String(given);
  const name = /^arn:[^:]+:lambda:[^:]+:\d+:function:([^:]+)/.exec(text)?.[1];
  return name ?? text.replace(/:.*$/, '');
}

function roleName(roleArn: unknown): string {
  return String(roleArn).replace(/^.*\//, '');
}
