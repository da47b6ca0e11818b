import type {
  Concurrency,
  DeleteFunctionConcurrencyRequest,
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse,
  PutFunctionConcurrencyRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../service.ts';
import { onFunction } from '../access.ts';
import type { LambdaState } from '../state.ts';

/**
 * The operations on reserved concurrency. Only zero has an effect here, because invocations do not run at once: Lambda
 * throttles them all.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export function reservedOperations(lambda: LambdaState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ FunctionName = '' }: { readonly FunctionName?: string | undefined }) =>
      onFunction(lambda, action, FunctionName);
  return {
    // The answer has no field for a function without a limit (API_GetFunctionConcurrency).
    GetFunctionConcurrency: {
      authorize: authorize('GetFunctionConcurrency'),
      run: ({ FunctionName = '' }: GetFunctionConcurrencyRequest): GetFunctionConcurrencyResponse =>
        reservedOf(lambda, FunctionName),
    },
    PutFunctionConcurrency: {
      authorize: authorize('PutFunctionConcurrency'),
      run: ({ FunctionName = '', ReservedConcurrentExecutions = 0 }: PutFunctionConcurrencyRequest) => {
        lambda.function(FunctionName).reserved = ReservedConcurrentExecutions;
        return reservedOf(lambda, FunctionName);
      },
    },
    DeleteFunctionConcurrency: {
      authorize: authorize('DeleteFunctionConcurrency'),
      run: ({ FunctionName = '' }: DeleteFunctionConcurrencyRequest) => {
        delete lambda.function(FunctionName).reserved;
        return {};
      },
    },
  };
}

function reservedOf(lambda: LambdaState, functionName: string): Concurrency {
  const { reserved } = lambda.function(functionName);
  return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
}
