import type { Clock } from '../../world/clock.ts';
import { AwsError } from '../../world/service.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Task } from './definition.ts';
import { TIMEOUT_KEY } from './definition.ts';
import { bytesOf, DataLimitExceeded, MAX_PAYLOAD_BYTES } from './data-limit.ts';
import { Stopped, TaskError } from './task-error.ts';
import type { Tokens } from './tokens.ts';

/** A task's resolved parameters. */
export interface TaskInput {
  readonly FunctionName: string;
  readonly Payload?: unknown;
  readonly [TIMEOUT_KEY]: number;
}

export interface Invoker {
  readonly clock: Clock;
  readonly lambda: Pick<Lambda, 'find' | 'invoke'>;
  readonly tokens: Tokens;
  /** Says whether Step Functions misses the answer of a function that has run. Absent: never. */
  readonly misses?: (functionName: string) => boolean;
  /** Rejects with IAM's message if the role lacks the permission. */
  readonly authorize: (role: string, action: string, resource: string) => Promise<void>;
}

/** The execution of a task. */
export interface Caller {
  /** Name of the state machine's role. */
  readonly role: string;
  readonly isRunning: () => boolean;
  /** Returns the token that the task's parameters requested. */
  readonly takeToken: () => string;
}

/**
 * Runs the `lambda:invoke` integration, also in its form that waits for a task token.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export async function invokeTask(
  invoker: Invoker,
  caller: Caller,
  task: Task,
  input: TaskInput,
): Promise<unknown> {
  if (!caller.isRunning()) throw new Stopped();
  if (!task.waitsForToken) return invokeFunction(invoker, caller, input);
  const token = caller.takeToken();
  const answered = invoker.tokens.wait(token, task.heartbeatSeconds);
  const timeout = invoker.clock.after(input[TIMEOUT_KEY] * 1000, () => invoker.tokens.end(token));
  try {
    // A holder of the token may answer before the function has finished. A failed function ends the task.
    await Promise.race([answered, invokeFunction(invoker, caller, input)]);
    return await answered;
  } finally {
    timeout.cancel();
    invoker.tokens.end(token);
  }
}

async function invokeFunction(
  { lambda, clock, authorize, misses }: Invoker,
  { role }: Caller,
  input: TaskInput,
): Promise<unknown> {
  const found = lambda.find(input.FunctionName);
  const resource = found?.arn ?? input.FunctionName;
  await clock
    .holding(() => authorize(role, 'lambda:InvokeFunction', resource))
    .catch((error: unknown) => {
      throw new TaskError(
        'Lambda.AWSLambdaException',
        `${error instanceof Error ? error.message : String(error)} (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException)`,
      );
    });
  if (found === null)
    throw new TaskError('Lambda.ResourceNotFoundException', `Function not found: ${resource}`);
  const answer = await lambda.invoke(found, input.Payload ?? {}).catch((error: unknown) => {
    throw refusedBy(error);
  });
  if (misses?.(found.name))
    throw new TaskError('Lambda.SdkClientException', 'Unable to execute HTTP request: Read timed out');
  if (answer.state === 'failed') throw new TaskError(answer.error.errorType, JSON.stringify(answer.error));
  if (bytesOf(answer.payload) > MAX_PAYLOAD_BYTES) throw new DataLimitExceeded('lambda');
  return { ExecutedVersion: '$LATEST', Payload: JSON.parse(answer.payload) as unknown, StatusCode: 200 };
}

/**
 * Returns an error of Lambda itself, as Step Functions reports it (HumanCellAtlas/data-store issue 1118;
 * aws-samples/amazon-textract-idp-cdk-constructs issue 94).
 */
function refusedBy(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const { code, message, status } = error;
  return new TaskError(
    `Lambda.${code}`,
    `${message} (Service: AWSLambda; Status Code: ${status}; Error Code: ${code})`,
  );
}
