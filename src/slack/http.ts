import { asRecord } from '../rollback/json.ts';
import type { Signed } from './signature.ts';

export interface SlackRequest extends Signed {
  /** True if Slack marks this as a retry. The header is not signed, so it may only ever make Lastgood do less. */
  readonly isRetry: boolean;
}

/** The response of a function behind an HTTP API. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function jsonAnswer(body: object): HttpAnswer {
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/**
 * Reads the request from an HTTP API event, payload format 2.0. A missing part is an empty text. The body is exactly
 * the signed bytes, read as UTF-8.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function readHttp(event: unknown): SlackRequest {
  const { headers, body, isBase64Encoded } = asRecord(event) ?? {};
  const found = asRecord(headers) ?? {};
  const sent = text(body);
  return {
    timestamp: text(found['x-slack-request-timestamp']),
    signature: text(found['x-slack-signature']),
    body: isBase64Encoded === true ? Buffer.from(sent, 'base64').toString('utf8') : sent,
    isRetry: found['x-slack-retry-num'] !== undefined,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
