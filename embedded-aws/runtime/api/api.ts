import type { AddressInfo } from 'node:net';
import { arn } from '../../world/aws.ts';
import { AwsError } from '../../world/service.ts';
import type { Clock } from '../../world/clock.ts';
import { serve, stop, type HttpAnswer, type HttpRequest } from '../../wire/http.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { mayInvoke } from '../resource-policy.ts';
import type { Route, Stack } from '../stack/stack.ts';
import { answerOf, eventOf } from './payload.ts';
import { createThrottle } from './throttle.ts';

export interface Api {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * Serves the stack's HTTP APIs on one port of 127.0.0.1. Models only exact routes, and no authorizers. Answers at once,
 * without waiting for virtual time.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export async function startApi(
  stack: Pick<Stack, 'routes' | 'permissions'>,
  lambda: Lambda,
  clock: Clock,
): Promise<Api> {
  const takes = createThrottle(clock);
  const server = await serve(0, async (request) => {
    const route = stack.routes.find(({ key }) => key === `${request.method} ${request.path}`);
    if (route === undefined) return refusal(404, 'Not Found');
    if (!takes(route)) return refusal(429, 'Too Many Requests');
    return call(route, request, stack, lambda, clock);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => stop(server),
  };
}

async function call(
  route: Route,
  request: HttpRequest,
  { permissions }: Pick<Stack, 'permissions'>,
  lambda: Lambda,
  clock: Clock,
): Promise<HttpAnswer> {
  const found = lambda.find(route.function);
  const sourceArn = arn('execute-api', `${route.api}/$default/${route.key.replace(' /', '/')}`);
  const caller = { principal: 'apigateway.amazonaws.com', sourceArn };
  if (found === null || !mayInvoke(permissions, { ...caller, resource: found.arn }))
    return refusal(500, 'Internal Server Error');
  // A function that is throttled is an internal error, too: https://repost.aws/knowledge-center/api-gateway-internal-server-error
  const answer = await lambda
    .run(found, eventOf(route, request, clock.now()))
    .then((ran) => ran.answer, refusedBy);
  return answer?.state === 'answered' ? answerOf(answer.payload) : refusal(500, 'Internal Server Error');
}

/** Returns null if Lambda refused to run the function. */
function refusedBy(error: unknown): null {
  if (error instanceof AwsError) return null;
  throw error;
}

/** Returns API Gateway's own answer, without a function. */
function refusal(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}
