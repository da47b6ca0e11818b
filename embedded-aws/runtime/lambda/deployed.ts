import path from 'node:path';
import type { Runtime } from '@aws-sdk/client-lambda';
import { ACCOUNT } from '../../world/aws.ts';
import type { Deployed } from '../../world/lambda/deployed.ts';
import type { LambdaFunction } from '../stack/stack.ts';

/** Returns a function of the stack as Lambda's API describes it. */
export function deployedOf({ name, arn, role, runtime, ...lambda }: LambdaFunction): Deployed {
  return {
    FunctionName: name,
    FunctionArn: arn,
    Role: `arn:aws:iam::${ACCOUNT}:role/${role}`,
    Runtime: runtime as Runtime,
    Handler: `${path.basename(lambda.module, '.mjs')}.${lambda.handler}`,
    Timeout: lambda.timeoutSeconds,
    MemorySize: lambda.memoryMb,
    Environment: { Variables: { ...lambda.environment } },
  };
}
