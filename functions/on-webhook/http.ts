import { asRecord } from '../../src/rollback/json.ts';

/** What a tool sent. */
export interface WebhookRequest {
  /** The last part of the route: `alertmanager`. */
  readonly vendor: string;
  readonly authorization: string;
  /** PagerDuty's. */
  readonly signature: string;
  /** The very bytes that were signed. */
  readonly body: Buffer;
}

/** The answer of an HTTP API's function. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * The request in an HTTP API's event, payload format 2.0, in which names of headers are lower case; what is missing is
 * an empty text.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function readHttp(event: unknown): WebhookRequest {
  const { routeKey, headers, body, isBase64Encoded } = asRecord(event) ?? {};
  const found = asRecord(headers) ?? {};
  return {
    vendor: text(routeKey).replace(/^POST \/hooks\//, ''),
    authorization: text(found['authorization']),
    signature: text(found['x-pagerduty-signature']),
    body: Buffer.from(text(body), isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** An answer in JSON. */
export function answer(statusCode: number, says: object): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(says) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
