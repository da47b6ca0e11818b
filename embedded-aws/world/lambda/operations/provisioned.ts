import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
  PutProvisionedConcurrencyConfigRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../service.ts';
import { onFunction, onQualified } from '../access.ts';
import { describeProvisioned } from '../describe.ts';
import { invalid, noProvisioned, notModelled } from '../errors.ts';
import { functionArn, LATEST, type Provisioned, type UserFunction } from '../model.ts';
import { page } from '../paging.ts';
import type { LambdaState } from '../state.ts';

/**
 * The operations on the provisioned concurrency of aliases and versions. That of a version changes nothing here, because
 * cold starts are not modelled.
 * https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export function provisionedOperations(lambda: LambdaState): Readonly<Record<string, Operation>> {
  return {
    GetProvisionedConcurrencyConfig: {
      authorize: ({ FunctionName = '', Qualifier = '' }: GetProvisionedConcurrencyConfigRequest) =>
        onQualified('GetProvisionedConcurrencyConfig', FunctionName, Qualifier),
      run: ({ FunctionName = '', Qualifier = '' }: GetProvisionedConcurrencyConfigRequest) => {
        const of = lambda.function(FunctionName);
        lambda.qualified(of, Qualifier);
        const provisioned = provisionedIn(of).get(Qualifier);
        if (provisioned === undefined) throw noProvisioned();
        return describeProvisioned(provisioned);
      },
    },
    ListProvisionedConcurrencyConfigs: {
      authorize: ({ FunctionName = '' }: ListProvisionedConcurrencyConfigsRequest) =>
        onFunction(lambda, 'ListProvisionedConcurrencyConfigs', FunctionName),
      run: (input: ListProvisionedConcurrencyConfigsRequest): ListProvisionedConcurrencyConfigsResponse => {
        const of = lambda.function(input.FunctionName ?? '');
        const all = [...provisionedIn(of)].map(([qualifier, provisioned]) => ({
          FunctionArn: functionArn(of.name, qualifier),
          ...describeProvisioned(provisioned),
        }));
        const { items, next } = page(all, input);
        return { ProvisionedConcurrencyConfigs: items, ...next };
      },
    },
    PutProvisionedConcurrencyConfig: {
      authorize: ({ FunctionName = '', Qualifier = '' }: PutProvisionedConcurrencyConfigRequest) =>
        onQualified('PutProvisionedConcurrencyConfig', FunctionName, Qualifier),
      run: (input: PutProvisionedConcurrencyConfigRequest) => put(lambda, input),
    },
  };
}

/** Returns the provisioned concurrency of a function by qualifier. */
function provisionedIn({ aliases, versions }: UserFunction): ReadonlyMap<string, Provisioned> {
  const all = [...aliases.values(), ...versions.values()];
  return new Map(all.flatMap(({ name, provisioned }) => (provisioned ? [[name, provisioned] as const] : [])));
}

/**
 * Sets provisioned concurrency, ready at once: no scenario covers the time before. An alias and the version that it
 * points to cannot both have it, by the user guide, whose error is not documented.
 */
function put(
  lambda: LambdaState,
  input: PutProvisionedConcurrencyConfigRequest,
): GetProvisionedConcurrencyConfigResponse {
  const { FunctionName = '', Qualifier = '', ProvisionedConcurrentExecutions: requested = 0 } = input;
  const of = lambda.function(FunctionName);
  if (Qualifier === LATEST) throw invalid('Provisioned Concurrency Configs cannot be applied to $LATEST');
  const provisioned = { requested, status: 'READY' as const, modifiedAt: lambda.clock.now() };
  const version = of.versions.get(Qualifier);
  if (version !== undefined) {
    if ([...of.aliases.values()].some((one) => one.version === version.name && one.provisioned !== null))
      throw notModelled('provisioned concurrency of a version beside that of its alias');
    version.provisioned = provisioned;
    return describeProvisioned(provisioned);
  }
  const alias = lambda.alias(of, Qualifier);
  if (Object.keys(alias.weights).length > 0)
    throw invalid('Alias with weights can not be used with Provisioned Concurrency');
  alias.provisioned = provisioned;
  return describeProvisioned(provisioned);
}
