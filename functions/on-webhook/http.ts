import { asRecord } from '../../src/rollback/json.ts';

/** A request from a monitoring tool. */
export interface WebhookRequest {
  /** The last part of the route: `alertmanager`. */
  readonly vendor: string;
  readonly authorization: string;
  /** PagerDuty's signature. */
  readonly signature: string;
  /** Exactly the signed bytes. */
  readonly body: Buffer;
}

/** The response of a function behind an HTTP API. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Reads the request from an HTTP API event, payload format 2.0, in which header names are lower case. A missing part is
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

/** Returns a response in JSON. */
export function answer(statusCode: number, says: object): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(says) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
