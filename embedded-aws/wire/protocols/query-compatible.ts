import type { HttpRequest } from '../http.ts';
import type { ServiceModel } from '../models.ts';
import type { Written } from '../written.ts';

/**
 * Returns the header of query error codes. A service that left the query protocol still sends that protocol's code to
 * clients that request it.
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
