import { badRequest } from './errors.ts';
import type { Definition, Method, RestApi } from './model.ts';

/** A mock answers without a backend. Assumed: AWS gives no figure. */
const LATENCY_SECONDS = 0.02;

/**
 * Returns how a snapshot of an API answers. An API with methods answers by their mock integrations, which get equal
 * shares of the requests.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 * @throws AwsError BadRequestException for a method without an integration
 */
export function definitionOf({ methods, definition }: Pick<RestApi, 'methods' | 'definition'>): Definition {
  if (methods.size === 0) return definition;
  const statuses = [...methods.values()].map(statusOf);
  const failing = statuses.filter((status) => status >= 500);
  return { errorRate: failing.length / statuses.length, latency: LATENCY_SECONDS };
}

/**
 * Returns the status code of a mock's answer: that of the integration response whose pattern matches the code in the
 * request template, or else of the one without a pattern. Without any, API Gateway answers 500.
 */
function statusOf({ integration, responses }: Method): number {
  if (integration === null) throw badRequest('No integration defined for method');
  const code = codeIn(integration.template);
  const all = [...integration.responses];
  const isMatch = (pattern: string | undefined) =>
    pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(code);
  const [status] =
    all.find(([, pattern]) => isMatch(pattern)) ?? all.find(([, pattern]) => pattern === undefined) ?? [];
  return status === undefined || !responses.has(status) ? 500 : Number(status);
}

/**
 * Returns the status code in a mapping template. Its language is not modelled beyond plain JSON.
 * @throws AwsError BadRequestException
 */
export function codeIn(template: string): string {
  const [, code] = /^\s*\{\s*"statusCode"\s*:\s*(\d{3})\s*\}\s*$/.exec(template) ?? [];
  if (code !== undefined) return code;
  throw badRequest(
    'Not modelled in the embedded AWS: a request template of a mock other than {"statusCode": 200}.',
  );
}
