import path from 'node:path';
import { arn } from '../../world/aws.ts';
import { roleName } from './identities.ts';
import type { AsyncConfig, LambdaFunction, Permission } from './stack.ts';
import type { Resource } from './template.ts';

type Json = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html: two retries, six hours. */
const ASYNC: AsyncConfig = { retries: 2, maxAgeSeconds: 21_600 };

export function functionOf(
  resource: Resource,
  root: string,
  asyncConfigs: ReadonlyMap<string, AsyncConfig>,
): LambdaFunction {
  const { name, properties, attributes } = resource;
  const handler = String(properties['Handler']);
  const dot = handler.lastIndexOf('.');
  const reserved = properties['ReservedConcurrentExecutions'];
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
    ...(reserved !== undefined && { reservedConcurrency: Number(reserved) }),
    async: { ...(asyncConfigs.get(name) ?? ASYNC), ...(typeof dead === 'string' && { deadLetters: dead }) },
  };
}

function variables(environment: Json = {}): Record<string, string> {
  const given = (environment['Variables'] ?? {}) as Json;
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
}

/** Returns the asynchronous settings by function name. */
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

/** Returns the name in `name`, `name:qualifier`, or an ARN of a function. */
export function functionName(given: unknown): string {
  const text = String(given);
  const name = /^arn:[^:]+:lambda:[^:]+:\d+:function:([^:]+)/.exec(text)?.[1];
  return name ?? text.replace(/:.*$/, '');
}
