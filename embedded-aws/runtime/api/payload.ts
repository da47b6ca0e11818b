import { ACCOUNT, REGION } from '../../world/aws.ts';
import type { HttpAnswer, HttpRequest } from '../../wire/http.ts';
import type { Route } from '../stack/stack.ts';

/**
 * Returns a function's event in payload format 2.0. Text bodies are plain; all others, forms too, are Base64. The page
 * says only that both happen, so a function has to read both.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventOf(
  { api, key }: Route,
  request: HttpRequest,
  now: number,
  parameters: Readonly<Record<string, string>> = {},
): object {
  const { method, path, query, headers, body } = request;
  const isText = /^(text\/|application\/(json|xml|javascript))/.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: key,
    rawPath: path,
    rawQueryString: query.toString(),
    headers,
    requestContext: {
      accountId: ACCOUNT,
      apiId: api,
      domainName: `${api}.execute-api.${REGION}.amazonaws.com`,
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      routeKey: key,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}

interface Answer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/**
 * Returns the answer: a function returns a status and a body, or any other value, which is then the body (same page).
 */
export function answerOf(payload: string): HttpAnswer {
  const answer = JSON.parse(payload) as Answer | null;
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer))
    return { status: 200, headers: { 'content-type': 'application/json' }, body: payload };
  const { statusCode, headers = {}, body = '', isBase64Encoded = false } = answer;
  return { status: statusCode, headers, body: isBase64Encoded ? Buffer.from(body, 'base64') : body };
}
