import type {
  DeleteMethodRequest,
  Integration as SdkIntegration,
  IntegrationResponse as SdkIntegrationResponse,
  Method as SdkMethod,
  MethodResponse as SdkMethodResponse,
  PatchOperation,
  PutIntegrationRequest,
  PutIntegrationResponseRequest,
  PutMethodRequest,
  PutMethodResponseRequest,
  UpdateIntegrationRequest,
} from '@aws-sdk/client-api-gateway';
import type { Operation } from '../../service.ts';
import { below } from '../access.ts';
import { badRequest, conflict, notFound, notModelled } from '../errors.ts';
import { codeIn } from '../mock.ts';
import type { Method, MockIntegration } from '../model.ts';
import type { ApiGatewayState } from '../state.ts';

interface Named {
  readonly restApiId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly httpMethod?: string | undefined;
}

const JSON_TYPE = 'application/json';

/**
 * The operations on the methods of a root resource, with mock integrations.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function methodOperations(state: ApiGatewayState): Readonly<Record<string, Operation>> {
  const on = (verb: 'PUT' | 'PATCH' | 'DELETE', { restApiId, resourceId, httpMethod }: Named, more = '') =>
    below(verb, restApiId, `resources/${resourceId ?? ''}/methods/${httpMethod ?? ''}${more}`);
  return {
    PutMethod: {
      authorize: (input: PutMethodRequest) => on('PUT', input),
      run: (input: PutMethodRequest) => putMethod(state, input),
    },
    PutMethodResponse: {
      authorize: (input: PutMethodResponseRequest) =>
        on('PUT', input, `/responses/${input.statusCode ?? ''}`),
      run: (input: PutMethodResponseRequest): SdkMethodResponse => {
        const { responses } = methodIn(state, input);
        const { statusCode = '' } = input;
        if (responses.has(statusCode)) throw conflict('Response already exists for this resource');
        responses.add(statusCode);
        return { statusCode };
      },
    },
    PutIntegration: {
      authorize: (input: PutIntegrationRequest) => on('PUT', input, '/integration'),
      run: (input: PutIntegrationRequest) => putIntegration(methodIn(state, input), input),
    },
    PutIntegrationResponse: {
      authorize: (input: PutIntegrationResponseRequest) =>
        on('PUT', input, `/integration/responses/${input.statusCode ?? ''}`),
      run: (input: PutIntegrationResponseRequest) => putResponse(methodIn(state, input), input),
    },
    UpdateIntegration: {
      authorize: (input: UpdateIntegrationRequest) => on('PATCH', input, '/integration'),
      run: (input: UpdateIntegrationRequest): SdkIntegration => {
        const method = methodIn(state, input);
        method.integration = (input.patchOperations ?? []).reduce(patched, integrationOf(method));
        return described(method.integration);
      },
    },
    DeleteMethod: {
      authorize: (input: DeleteMethodRequest) => on('DELETE', input),
      run: (input: DeleteMethodRequest) => {
        methodIn(state, input);
        state.api(input.restApiId).methods.delete(input.httpMethod ?? '');
        return {};
      },
    },
  };
}

/** @throws AwsError NotFoundException */
function methodIn(state: ApiGatewayState, { restApiId, resourceId, httpMethod = '' }: Named): Method {
  const { rootId, methods } = state.api(restApiId);
  if (resourceId !== rootId) throw notFound('Invalid Resource identifier specified');
  const found = methods.get(httpMethod);
  if (found === undefined) throw notFound('Invalid Method identifier specified');
  return found;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
function putMethod(state: ApiGatewayState, input: PutMethodRequest): SdkMethod {
  const { restApiId, resourceId, httpMethod = '', authorizationType = '' } = input;
  const { rootId, methods } = state.api(restApiId);
  if (resourceId !== rootId) throw notFound('Invalid Resource identifier specified');
  if (authorizationType !== 'NONE') throw notModelled(`the authorization type ${authorizationType}`);
  if (methods.has(httpMethod)) throw conflict('Method already exists for this resource');
  methods.set(httpMethod, { responses: new Set(), integration: null });
  return { httpMethod, authorizationType, apiKeyRequired: false };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
function putIntegration(
  method: Method,
  { type, requestTemplates = {} }: PutIntegrationRequest,
): SdkIntegration {
  if (type !== 'MOCK') throw notModelled(`an integration of the type ${type ?? ''}`);
  const [template] = Object.entries(requestTemplates).map(([key, value]) => templateAt(key, value));
  if (template === undefined) throw notModelled('a mock without a request template');
  method.integration = { template, responses: new Map() };
  return described(method.integration);
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html */
function putResponse(
  method: Method,
  { statusCode = '', selectionPattern }: PutIntegrationResponseRequest,
): SdkIntegrationResponse {
  const integration = integrationOf(method);
  if (!method.responses.has(statusCode)) throw notFound('Invalid Response status code specified');
  const responses = new Map([...integration.responses, [statusCode, selectionPattern] as const]);
  method.integration = { ...integration, responses };
  return { statusCode, ...(selectionPattern !== undefined && { selectionPattern }) };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegration-Patch */
function patched(before: MockIntegration, { op, path = '', value = '' }: PatchOperation): MockIntegration {
  const [, type] = /^\/requestTemplates\/(.+)$/.exec(path) ?? [];
  if (type === undefined) throw notModelled(`the patch path ${path}`);
  if (op !== 'replace') throw badRequest(`Invalid ${op ?? ''} operation with path: ${path}`);
  return { ...before, template: templateAt(type.replaceAll('~1', '/'), value) };
}

function integrationOf({ integration }: Method): MockIntegration {
  if (integration === null) throw notFound('Invalid Integration identifier specified');
  return integration;
}

/** @throws AwsError BadRequestException for a template that is not modelled */
function templateAt(type: string, template: string): string {
  if (type !== JSON_TYPE) throw notModelled(`a request template for ${type}`);
  codeIn(template);
  return template;
}

function described({ template }: MockIntegration): SdkIntegration {
  return { type: 'MOCK', requestTemplates: { [JSON_TYPE]: template } };
}
