import { REGION } from '../../world/aws.ts';
import type { LambdaFunction } from '../stack/stack.ts';

interface Place {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** URL of the wire. */
  readonly endpoint: string;
  /** Name of the log stream. */
  readonly stream: string;
}

/**
 * Returns the environment variables of a new execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Defined runtime environment variables"
 */
export function environmentOf(
  { environment, name, runtime, memoryMb, handler }: LambdaFunction,
  { accessKeyId, secretAccessKey, endpoint, stream }: Place,
): Record<string, string> {
  return {
    ...environment,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: stream,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
    LAMBDA_TASK_ROOT: '/var/task',
    _HANDLER: `index.${handler}`,
    TZ: ':UTC',
  };
}

/** `2026/11/22/[$LATEST]…`: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html */
export function streamName(now: string, id: string): string {
  return `${now.slice(0, 10).replaceAll('-', '/')}/[$LATEST]${id}`;
}
