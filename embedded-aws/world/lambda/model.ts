import type { FunctionConfiguration, ProvisionedConcurrencyStatusEnum, State } from '@aws-sdk/client-lambda';
import { arn } from '../aws.ts';
import type { Behaviour } from '../seams.ts';

/** The behaviour of code on invocation. `logs` are the lines of a failed one. */
export type Code = Pick<Behaviour, 'errorRate' | 'latency' | 'logs'>;

/** Settings that an update may change and that a version keeps. They change nothing else: code does not run. */
export type Settings = Pick<
  FunctionConfiguration,
  'Handler' | 'Layers' | 'MemorySize' | 'Role' | 'Timeout' | 'VpcConfig'
>;

/** The code of a function at one time: `$LATEST`, or a published version. */
export interface Version {
  /** `$LATEST`, or a number. */
  readonly name: string;
  code: Code;
  /** Environment variables. */
  variables: Readonly<Record<string, string>>;
  /** The log group, if it is not the function's own. */
  logGroup?: string | undefined;
  /** As they were updated. Absent ones are those of a new function. */
  settings: Settings;
  codeSha256: string;
  /** Of a published version. */
  readonly description?: string | undefined;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  state: State;
  /** Of this version itself, whatever alias names it. */
  provisioned?: Provisioned;
}

export interface Alias {
  readonly name: string;
  version: string;
  /** At most one other version, and its share of the invocations, 0 to 1. */
  weights: Readonly<Record<string, number>>;
  description: string;
  revisionId: string;
  provisioned: Provisioned | null;
}

export interface Provisioned {
  readonly requested: number;
  status: ProvisionedConcurrencyStatusEnum;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Why it failed. */
  reason?: string;
}

export interface UserFunction {
  readonly name: string;
  readonly tags: Record<string, string>;
  /** `$LATEST` first, then the published ones, oldest first. */
  readonly versions: Map<string, Version>;
  readonly aliases: Map<string, Alias>;
  /** Number of the newest version ever published. Numbers are never reused. */
  published: number;
  /** The invocations that may run at once. Absent: the account's limit alone holds. */
  reserved?: number;
}

/** The log group of a version. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html */
export function logGroupOf({ name }: Pick<UserFunction, 'name'>, { logGroup }: Version): string {
  return logGroup ?? `/aws/lambda/${name}`;
}

export const LATEST = '$LATEST';

export function functionArn(name: string, qualifier?: string): string {
  return arn('lambda', `function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`);
}
