import { GetFunctionConcurrencyCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Plan } from '../rollback/plan.ts';
import { isAutomatic, type Request } from '../rollback/request.ts';

/** Reads how many invocations of a function may run at once. Null: it has no limit of its own. */
export type ReadReserved = (functionName: string) => Promise<number | null>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export function createReadReserved(client: Pick<LambdaClient, 'send'>): ReadReserved {
  return async (FunctionName) => {
    const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    return answer.ReservedConcurrentExecutions ?? null;
  };
}

/**
 * Adds to a plan that its function is to run nothing: with a reserved concurrency of 0 Lambda throttles every invocation.
 * It is read only where no person asked and something would be gone back from, because it costs one more read.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 */
export async function withReserved<P extends Plan>(
  plan: P,
  { request }: { readonly request: Request },
  functionName: string,
  reserved: ReadReserved,
): Promise<P> {
  if (!isAutomatic(request) || plan.state === 'nothing-to-do' || plan.state === 'join') return plan;
  if ((await reserved(functionName)) !== 0) return plan;
  const name = functionName.slice(functionName.lastIndexOf(':') + 1);
  return { ...plan, wantsNone: `The reserved concurrency of ${name} is 0` };
}
