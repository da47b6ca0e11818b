import type { AddressInfo } from 'node:net';
import { arn } from '../../world/aws.ts';
import { AwsError } from '../../world/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { Admission } from '../../wire/beside.ts';
import { serve, stop, type HttpAnswer, type HttpRequest } from '../../wire/http.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { mayInvoke } from '../resource-policy.ts';
import type { Route, Stack } from '../stack/stack.ts';
import { answerOf, eventOf } from './payload.ts';
import { routeFor, type Found } from './route-for.ts';
import { createThrottle } from './throttle.ts';

export interface Api {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  close(): Promise<void>;
}

interface Parts {
  readonly stack: Pick<Stack, 'routes' | 'permissions'>;
  readonly lambda: Lambda;
  readonly clock: Clock;
  /** Checks the caller of a route that asks for a permission. */
  readonly admit: Admission;
}

/**
 * Serves the stack's HTTP APIs on one port of 127.0.0.1. Models no JWT and no Lambda authorizers. Answers at once,
 * without waiting for virtual time.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export async function startApi(parts: Parts): Promise<Api> {
  const { stack, clock } = parts;
  const takes = createThrottle(clock);
  const server = await serve(0, async (request) => {
    const found = routeFor(stack.routes, request);
    if (found === null) return refusal(404, 'Not Found');
    if (!takes(found.route)) return refusal(429, 'Too Many Requests');
    if (!(await mayCall(found.route, request, parts))) return refusal(403, 'Forbidden');
    return call(found, request, parts);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => stop(server),
  };
}

/**
 * Asks IAM about a route with IAM authorization. As on the wire, the access key alone names the caller.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
async function mayCall(
  { api, authorization }: Route,
  { method, path, headers }: HttpRequest,
  { admit }: Parts,
): Promise<boolean> {
  if (authorization === 'NONE') return true;
  const resource = arn('execute-api', `${api}/$default/${method}${path}`);
  try {
    const access = { action: 'execute-api:Invoke', resource };
    await admit({ authorization: headers['authorization'], operation: 'Invoke', access });
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}

async function call(
  { route, parameters }: Found,
  request: HttpRequest,
  { stack: { permissions }, lambda, clock }: Parts,
): Promise<HttpAnswer> {
  const found = lambda.find(route.function);
  const sourceArn = arn('execute-api', `${route.api}/$default/${route.key.replace(' /', '/')}`);
  const caller = { principal: 'apigateway.amazonaws.com', sourceArn };
  if (found === null || !mayInvoke(permissions, { ...caller, resource: found.arn }))
    return refusal(500, 'Internal Server Error');
  // A function that is throttled is an internal error, too: https://repost.aws/knowledge-center/api-gateway-internal-server-error
  // Unknown: lambda-refusal-of-an-http-api.
  const answer = await lambda
    .run(found, eventOf(route, request, clock.now(), parameters))
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
