import type { Resource } from './template.ts';
import type { Route } from './stack.ts';

/** Returns the routes of the stack's HTTP APIs, each with the function of its integration. */
export function routesOf(
  routes: readonly Resource[],
  integrations: readonly Resource[],
  stages: readonly Resource[],
): readonly Route[] {
  const functions = new Map(integrations.map(({ ref, properties }) => [ref, functionOf(properties)]));
  return routes.map(({ id, properties }) => {
    const integration = String(properties['Target']).replace(/^integrations\//, '');
    const found = functions.get(integration);
    if (found === undefined) throw new Error(`route ${id} has no integration with a function`);
    const api = String(properties['ApiId']);
    const stage = stages.find((one) => String(one.properties['ApiId']) === api);
    return {
      ...{ api, key: String(properties['RouteKey']), function: found },
      authorization: authorizationOf(id, properties['AuthorizationType']),
      ...throttleOf(stage),
    };
  });
}

/**
 * Returns how callers are authorised. JWT and Lambda authorizers are not modelled.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html
 */
function authorizationOf(id: string, type: unknown = 'NONE'): Route['authorization'] {
  if (type !== 'NONE' && type !== 'AWS_IAM')
    throw new Error(`route ${id} has the authorization type ${String(type)}, which is not modelled`);
  return type;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-stage-routesettings.html */
function throttleOf(stage: Resource | undefined): Pick<Route, 'throttle'> {
  const settings = (stage?.properties['DefaultRouteSettings'] ?? {}) as Readonly<Record<string, unknown>>;
  const [rate, burst] = [settings['ThrottlingRateLimit'], settings['ThrottlingBurstLimit']].map(Number);
  return rate === undefined || burst === undefined || Number.isNaN(rate + burst)
    ? {}
    : { throttle: { rate, burst } };
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
