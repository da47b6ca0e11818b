import { honouring, AwsError, type AwsService, type Caller } from '../../world/service.ts';
import type { LambdaFunction } from '../stack/stack.ts';
import type { AsyncInvocations } from './async.ts';
import type { Lambda } from './lambda.ts';

interface Invoke {
  readonly FunctionName: string;
  readonly InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  readonly Payload?: Uint8Array;
}

/**
 * Simulates AWS Lambda's Invoke: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. A synchronous answer does not
 * wait for virtual time to pass. A function that waits for another function is not modelled, because it would hold the
 * clock.
 */
export function lambdaService(lambda: Lambda, invocations: AsyncInvocations): AwsService {
  return {
    signingName: 'lambda',
    honoured: honouring({
      Invoke: 'FunctionName InvocationType Payload',
    }),
    operations: {
      Invoke: {
        authorize: ({ FunctionName }: Invoke) => [
          { action: 'lambda:InvokeFunction', resource: lambda.find(FunctionName)?.arn ?? FunctionName },
        ],
        run: (input: Invoke, { role }: Caller) => {
          const found = lambda.find(input.FunctionName);
          if (found === null)
            throw new AwsError('ResourceNotFoundException', `Function not found: ${input.FunctionName}`, 404);
          const event = eventOf(input.Payload);
          if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
          if (input.InvocationType !== 'Event') return invokeAndWait(lambda, found, event, role);
          invocations.take(found, event);
          return { StatusCode: 202 };
        },
      },
    },
  };
}

async function invokeAndWait(
  lambda: Lambda,
  found: LambdaFunction,
  event: unknown,
  role: string,
): Promise<object> {
  if (lambda.isRunning(role))
    throw new AwsError('InvalidRequestContentException', 'a function that waits for another is not modelled');
  const { answer } = await lambda.run(found, event);
  const failed = answer.state === 'failed';
  return {
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: Buffer.from(failed ? JSON.stringify(answer.error) : answer.payload),
    ...(failed && { FunctionError: 'Unhandled' }),
  };
}

function eventOf(payload: Uint8Array | undefined): unknown {
  const text = payload === undefined ? '' : Buffer.from(payload).toString();
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
}
