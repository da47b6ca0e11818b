import { isDeepStrictEqual } from 'node:util';
import type {
  FunctionConfiguration,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  PublishVersionRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../service.ts';
import { onFunction } from '../access.ts';
import { describeVersion } from '../describe.ts';
import { LATEST, type Version } from '../model.ts';
import { page } from '../paging.ts';
import type { LambdaState } from '../state.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html */
export function versionOperations(lambda: LambdaState): Readonly<Record<string, Operation>> {
  return {
    PublishVersion: {
      authorize: ({ FunctionName = '' }: PublishVersionRequest) =>
        onFunction(lambda, 'PublishVersion', FunctionName),
      run: (input: PublishVersionRequest) => publish(lambda, input),
    },
    ListVersionsByFunction: {
      authorize: ({ FunctionName = '' }: ListVersionsByFunctionRequest) =>
        onFunction(lambda, 'ListVersionsByFunction', FunctionName),
      run: (input: ListVersionsByFunctionRequest): ListVersionsByFunctionResponse => {
        const of = lambda.function(input.FunctionName ?? '');
        const { items, next } = page([...of.versions.values()], input);
        return { Versions: items.map((version) => describeVersion(of, version)), ...next };
      },
    },
  };
}

/**
 * Publishes a version. If neither code nor configuration has changed since the last version, Lambda returns that one.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 */
export function publish(
  lambda: LambdaState,
  { FunctionName = '', Description: description }: PublishVersionRequest,
): FunctionConfiguration {
  const of = lambda.function(FunctionName);
  const latest = lambda.version(of, LATEST);
  const newest = of.versions.get(String(of.published));
  if (newest !== undefined && isSame(newest, latest)) return describeVersion(of, newest);
  of.published += 1;
  const version = { ...latest, name: String(of.published), description, modifiedAt: lambda.clock.now() };
  of.versions.set(version.name, version);
  return describeVersion(of, version);
}

function isSame(one: Version, other: Version): boolean {
  const of = ({ codeSha256, variables, settings, logGroup }: Version) => [
    codeSha256,
    variables,
    settings,
    logGroup,
  ];
  return isDeepStrictEqual(of(one), of(other));
}
