import type { Access } from '../service.ts';
import { apiArn, arnOf, stageArn } from './model.ts';
import type { ApiGatewayState } from './state.ts';

/*
 * The IAM checks of each operation: the HTTP method, on the path of the resource. A resource that does not exist has no
 * tags, so a policy that requires one denies.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const onApis = (method: Method): readonly Access[] => [
  { action: `apigateway:${method}`, resource: arnOf('/restapis') },
];

export function onApi(state: ApiGatewayState, method: Method, id = ''): readonly Access[] {
  const tags = state.apis.get(id)?.tags ?? {};
  return [{ action: `apigateway:${method}`, resource: apiArn(id), tags }];
}

/** Checks a stage and its own tags. Assumed: tags of the API do not count for it. Unknown: stage-tag-inheritance. */
export function onStage(
  state: ApiGatewayState,
  method: Method,
  { restApiId = '', stageName = '' }: { restApiId?: string | undefined; stageName?: string | undefined },
): readonly Access[] {
  const tags = state.apis.get(restApiId)?.stages.get(stageName)?.tags ?? {};
  return [{ action: `apigateway:${method}`, resource: stageArn(restApiId, stageName), tags }];
}

/** Checks the list of stages or deployments of an API, or one deployment. Neither has tags. */
export function below(method: Method, apiId = '', path = ''): readonly Access[] {
  return [{ action: `apigateway:${method}`, resource: `${apiArn(apiId)}/${path}`, tags: {} }];
}

/** Checks the tags of a resource, whose ARN is a part of the path. */
export function onTags(method: Method, resourceArn = ''): readonly Access[] {
  return [{ action: `apigateway:${method}`, resource: arnOf(`/tags/${encodeURIComponent(resourceArn)}`) }];
}
