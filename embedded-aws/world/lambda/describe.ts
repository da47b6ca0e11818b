import type {
  AliasConfiguration,
  FunctionConfiguration,
  GetProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda';
import { ACCOUNT } from '../aws.ts';
import {
  functionArn,
  LATEST,
  logGroupOf,
  type Alias,
  type Provisioned,
  type UserFunction,
  type Version,
} from './model.ts';

/** Describes an alias. Without weights it has no routing configuration. */
export function describeAlias({ name: functionName }: UserFunction, alias: Alias): AliasConfiguration {
  const { name, version, weights, description, revisionId } = alias;
  return {
    AliasArn: functionArn(functionName, name),
    Name: name,
    FunctionVersion: version,
    Description: description,
    RevisionId: revisionId,
    ...(Object.keys(weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: { ...weights } } }),
  };
}

export function describeVersion(of: UserFunction, version: Version): FunctionConfiguration {
  const { name } = of;
  return {
    FunctionName: name,
    FunctionArn: functionArn(name, version.name === LATEST ? undefined : version.name),
    Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    ...version.settings,
    CodeSha256: version.codeSha256,
    Version: version.name,
    ...(version.description !== undefined && { Description: version.description }),
    LastModified: lambdaTime(version.modifiedAt),
    State: version.state,
    LoggingConfig: { LogFormat: 'Text', LogGroup: logGroupOf(of, version) },
    ...(Object.keys(version.variables).length > 0 && {
      Environment: { Variables: { ...version.variables } },
    }),
    ...(version.state === 'Active' && { LastUpdateStatus: 'Successful' as const }),
  };
}

export function describeProvisioned(provisioned: Provisioned): GetProvisionedConcurrencyConfigResponse {
  const { requested, status, modifiedAt, reason } = provisioned;
  const there = status === 'READY' ? requested : 0;
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: there,
    AllocatedProvisionedConcurrentExecutions: there,
    Status: status,
    ...(reason !== undefined && { StatusReason: reason }),
    LastModified: lambdaTime(modifiedAt),
  };
}

/** Formats a time as Lambda does: `2020-04-10T19:06:32.563+0000`. */
function lambdaTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}
