import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
  PutProvisionedConcurrencyConfigRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../service.ts';
import { onQualified } from '../access.ts';
import { describeProvisioned } from '../describe.ts';
import { invalid, noProvisioned } from '../errors.ts';
import type { LambdaState } from '../state.ts';

/**
 * The operations on aliases' provisioned concurrency. Versions' is not modelled, so they have none.
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
        const provisioned = of.aliases.get(Qualifier)?.provisioned ?? null;
        if (provisioned === null) throw noProvisioned();
        return describeProvisioned(provisioned);
      },
    },
    PutProvisionedConcurrencyConfig: {
      authorize: ({ FunctionName = '', Qualifier = '' }: PutProvisionedConcurrencyConfigRequest) =>
        onQualified('PutProvisionedConcurrencyConfig', FunctionName, Qualifier),
      run: (input: PutProvisionedConcurrencyConfigRequest) => put(lambda, input),
    },
  };
}

/** Sets provisioned concurrency, ready at once: no scenario covers the time before. */
function put(
  lambda: LambdaState,
  input: PutProvisionedConcurrencyConfigRequest,
): GetProvisionedConcurrencyConfigResponse {
  const { FunctionName = '', Qualifier = '', ProvisionedConcurrentExecutions: requested = 0 } = input;
  const alias = lambda.alias(lambda.function(FunctionName), Qualifier);
  if (Object.keys(alias.weights).length > 0)
    throw invalid('Alias with weights can not be used with Provisioned Concurrency');
  alias.provisioned = { requested, status: 'READY', modifiedAt: lambda.clock.now() };
  return describeProvisioned(alias.provisioned);
}
