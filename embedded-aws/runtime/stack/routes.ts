import type { Resource } from './template.ts';
import type { Route } from './stack.ts';

/** Returns the routes of the stack's HTTP APIs, each with the function of its integration. */
export function routesOf(routes: readonly Resource[], integrations: readonly Resource[]): readonly Route[] {
  const functions = new Map(integrations.map(({ ref, properties }) => [ref, functionOf(properties)]));
  return routes.map(({ id, properties }) => {
    const integration = String(properties['Target']).replace(/^integrations\//, '');
    const found = functions.get(integration);
    if (found === undefined) throw new Error(`route ${id} has no integration with a function`);
    return { api: String(properties['ApiId']), key: String(properties['RouteKey']), function: found };
  });
}

/**
 * Returns the function of an integration. Payload format 2.0 only:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function functionOf({
  IntegrationType,
  IntegrationUri,
  PayloadFormatVersion,
}: Resource['properties']): string {
  if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0')
    throw new Error('only Lambda proxy integrations with payload format 2.0 are modelled');
  return String(IntegrationUri);
}
