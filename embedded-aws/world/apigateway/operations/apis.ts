import type {
  CreateRestApiRequest,
  DeleteRestApiRequest,
  GetRestApiRequest,
  GetRestApisRequest,
  RestApi as SdkRestApi,
  RestApis,
} from '@aws-sdk/client-api-gateway';
import type { Operation } from '../../service.ts';
import { onApi, onApis } from '../access.ts';
import { describeApi } from '../describe.ts';
import { badRequest } from '../errors.ts';
import type { Definition, RestApi } from '../model.ts';
import { page } from '../paging.ts';
import type { ApiGatewayState } from '../state.ts';

const SOUND: Definition = { errorRate: 0, latency: 0.1 };

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
export function apiOperations(state: ApiGatewayState): Readonly<Record<string, Operation>> {
  return {
    CreateRestApi: {
      authorize: () => onApis('POST'),
      run: (input: CreateRestApiRequest) => create(state, input),
    },
    GetRestApi: {
      authorize: ({ restApiId }: GetRestApiRequest) => onApi(state, 'GET', restApiId),
      run: ({ restApiId }: GetRestApiRequest) => describeApi(state.api(restApiId)),
    },
    GetRestApis: {
      authorize: () => onApis('GET'),
      run: (input: GetRestApisRequest): RestApis => {
        const { items, ...next } = page([...state.apis.values()], input);
        return { items: items.map(describeApi), ...next };
      },
    },
    DeleteRestApi: {
      authorize: ({ restApiId }: DeleteRestApiRequest) => onApi(state, 'DELETE', restApiId),
      run: ({ restApiId }: DeleteRestApiRequest) => {
        state.apis.delete(state.api(restApiId).id);
        return {};
      },
    },
  };
}

/** A name need not be unique: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html */
function create(
  { apis, random, clock }: ApiGatewayState,
  { name, description = '', tags = {} }: CreateRestApiRequest,
): SdkRestApi {
  if (name === undefined || name === '') throw badRequest('Name cannot be empty');
  const api: RestApi = {
    ...{ id: random.hex(10), name, description, tags: { ...tags }, createdAt: clock.now() },
    ...{ definition: SOUND, methods: new Map(), deployments: new Map(), stages: new Map() },
    rootId: random.hex(10),
  };
  apis.set(api.id, api);
  return describeApi(api);
}
