import type { HttpRequest } from '../http.ts';
import type { ServiceModel } from '../models.ts';
import type { Written } from '../written.ts';

/**
 * A service that moved away from the query protocol still tells that protocol's code, in a header, to clients that ask.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
export function queryErrorHeader(
  error: Written,
  { headers }: HttpRequest,
  model: ServiceModel | null,
): Record<string, string> {
  const wanted = model?.queryCompatible === true && headers['x-amzn-query-mode'] === 'true';
  return wanted ? { 'x-amzn-query-error': `${error.queryCode};${error.fault}` } : {};
}
