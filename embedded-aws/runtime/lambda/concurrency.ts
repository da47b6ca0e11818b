import { remembered } from '../../world/remembered.ts';
import { AwsError } from '../../world/service.ts';
import type { LambdaFunction } from '../stack/stack.ts';

/**
 * The quota of an account, once AWS has raised it.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const ACCOUNT = 1000;

/**
 * Executions that stay unreserved for other functions.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 */
const MIN_UNRESERVED = 100;

/**
 * Checks that the functions leave enough executions of the account unreserved, as AWS does when a stack is deployed.
 * @throws AwsError InvalidParameterValueException
 */
export function checkReserved(functions: readonly LambdaFunction[]): void {
  const left = ACCOUNT - reservedBy(functions);
  if (left >= MIN_UNRESERVED) return;
  throw new AwsError(
    'InvalidParameterValueException',
    `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED}].`,
  );
}

/**
 * Refuses an invocation for which there is no capacity: a function with a reservation has no more than that, and the
 * others share what is not reserved. https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 * @param busy the number of executions of a function that are under way
 * @throws AwsError TooManyRequestsException
 */
export function admit(
  lambda: LambdaFunction,
  functions: readonly LambdaFunction[],
  busy: (lambda: LambdaFunction) => number,
): void {
  const { sharing, unreserved } = capacityOf(functions);
  const { reservedConcurrency: limit = unreserved } = lambda;
  const sharers = lambda.reservedConcurrency === undefined ? sharing : [lambda];
  let used = 0;
  for (const one of sharers) used += busy(one);
  if (used >= limit) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
}

/** Returns the functions without a reservation, and the executions that they share. */
const capacityOf = remembered((functions: readonly LambdaFunction[]) => ({
  sharing: functions.filter((one) => one.reservedConcurrency === undefined),
  unreserved: ACCOUNT - reservedBy(functions),
}));

function reservedBy(functions: readonly LambdaFunction[]): number {
  return functions.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
}
