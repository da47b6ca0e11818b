import type { Deployment, RestApi } from '@aws-sdk/client-api-gateway';
import type { Tag } from '@aws-sdk/client-cloudformation';
import { nameIn, textOf, type Properties, type ResourceType } from '../resource-type.ts';
import { lowered } from './ecs.ts';

const SERVICE = 'apigateway';

export const restApi: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { Tags, EndpointConfiguration, ...properties } = making.properties;
    if (EndpointConfiguration !== undefined && !isRegional(EndpointConfiguration))
      throw new Error('endpoints other than regional ones are not modelled here');
    const input = { ...inputOf(properties), name: nameIn(making, 'Name'), tags: tagsIn(Tags) };
    const { id, rootResourceId } = await making.call<RestApi>(SERVICE, 'CreateRestApi', input);
    return { ref: textOf(id), attributes: { RestApiId: id, RootResourceId: rootResourceId } };
  },
  delete: ({ call, ref }) => call(SERVICE, 'DeleteRestApi', { restApiId: ref }),
};

/** A method with its integration and all responses, each of which is a call. */
export const method: ResourceType = {
  create: async ({ properties, call, name }) => {
    const { MethodResponses = [], Integration, ...of } = properties;
    const { IntegrationResponses = [], ...integration } = (Integration ?? {}) as Properties;
    const on = onMethod(properties);
    await call(SERVICE, 'PutMethod', inputOf(of));
    for (const each of MethodResponses as readonly Properties[])
      await call(SERVICE, 'PutMethodResponse', { ...on, ...inputOf(each) });
    const { RequestTemplates: requestTemplates, ...settings } = integration;
    await call(SERVICE, 'PutIntegration', { ...on, ...inputOf(settings), requestTemplates });
    for (const each of IntegrationResponses as readonly Properties[])
      await call(SERVICE, 'PutIntegrationResponse', { ...on, ...inputOf(each) });
    return { ref: name, attributes: {} };
  },
  delete: ({ call, properties }) => call(SERVICE, 'DeleteMethod', onMethod(properties)),
};

function onMethod({ RestApiId, ResourceId, HttpMethod }: Properties): object {
  return { restApiId: RestApiId, resourceId: ResourceId, httpMethod: HttpMethod };
}

export const deployment: ResourceType = {
  create: async ({ properties, call }) => {
    const { id } = await call<Deployment>(SERVICE, 'CreateDeployment', inputOf(properties));
    return { ref: textOf(id), attributes: { DeploymentId: id } };
  },
  delete: ({ call, ref, properties }) =>
    call(SERVICE, 'DeleteDeployment', { restApiId: properties['RestApiId'], deploymentId: ref }),
};

export const stage: ResourceType = {
  tags: 'list',
  create: async ({ properties, call }) => {
    const { Tags, Variables, ...more } = properties;
    const input = { ...inputOf(more), tags: tagsIn(Tags), variables: Variables };
    await call(SERVICE, 'CreateStage', input);
    return { ref: textOf(properties['StageName']), attributes: {} };
  },
  delete: ({ call, ref, properties }) =>
    call(SERVICE, 'DeleteStage', { restApiId: properties['RestApiId'], stageName: ref }),
};

function isRegional(configuration: unknown): boolean {
  return JSON.stringify(configuration) === JSON.stringify({ Types: ['REGIONAL'] });
}

const inputOf = (properties: Properties): object => lowered(properties) as object;

/** Tags are a list in a template, and a map in the API. */
function tagsIn(list: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(((list ?? []) as readonly Tag[]).map(({ Key = '', Value = '' }) => [Key, Value]));
}
