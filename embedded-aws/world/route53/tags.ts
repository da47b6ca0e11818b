import type {
  ChangeTagsForResourceRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTagsForResourcesRequest,
  ListTagsForResourcesResponse,
  ResourceTagSet,
} from '@aws-sdk/client-route-53';
import { AwsError } from '../service.ts';
import { arnOf, may, REQUESTS } from './access.ts';
import { findHealthCheck, findZone, tagsOf, type ResourceType, type Route53State } from './state.ts';

const MAX_RESOURCES = 10;

export function tagOperations(state: Route53State) {
  return {
    ChangeTagsForResource: {
      bucket: REQUESTS,
      authorize: ({ ResourceType, ResourceId }: ChangeTagsForResourceRequest) =>
        may('ChangeTagsForResource', arnOf(typeOf(ResourceType), ResourceId)),
      run: (input: ChangeTagsForResourceRequest) => change(state, input),
    },
    ListTagsForResource: {
      bucket: REQUESTS,
      authorize: ({ ResourceType, ResourceId }: ListTagsForResourceRequest) =>
        may('ListTagsForResource', arnOf(typeOf(ResourceType), ResourceId)),
      run: ({ ResourceType, ResourceId }: ListTagsForResourceRequest): ListTagsForResourceResponse => ({
        ResourceTagSet: answer(state, typeOf(ResourceType), ResourceId ?? ''),
      }),
    },
    ListTagsForResources: {
      bucket: REQUESTS,
      authorize: ({ ResourceType, ResourceIds = [] }: ListTagsForResourcesRequest) =>
        ResourceIds.flatMap((id) => may('ListTagsForResources', arnOf(typeOf(ResourceType), id))),
      run: ({
        ResourceType,
        ResourceIds = [],
      }: ListTagsForResourcesRequest): ListTagsForResourcesResponse => {
        if (ResourceIds.length > MAX_RESOURCES)
          throw new AwsError('InvalidInput', `At most ${MAX_RESOURCES} resources can be asked about at once`);
        return { ResourceTagSets: ResourceIds.map((id) => answer(state, typeOf(ResourceType), id)) };
      },
    },
  };
}

function change(state: Route53State, input: ChangeTagsForResourceRequest): object {
  const type = typeOf(input.ResourceType);
  mustExist(state, type, input.ResourceId);
  const key = `${type}/${input.ResourceId ?? ''}`;
  const tags = state.tags.get(key) ?? new Map<string, string>();
  for (const { Key = '', Value = '' } of input.AddTags ?? []) tags.set(Key, Value);
  for (const gone of input.RemoveTagKeys ?? []) tags.delete(gone);
  state.tags.set(key, tags);
  return {};
}

function answer(state: Route53State, type: ResourceType, id: string): ResourceTagSet {
  mustExist(state, type, id);
  const Tags = Object.entries(tagsOf(state, type, id)).map(([Key, Value]) => ({ Key, Value }));
  return { ResourceType: type, ResourceId: id, Tags };
}

function typeOf(type: string | undefined): ResourceType {
  if (type === 'hostedzone' || type === 'healthcheck') return type;
  throw new AwsError('InvalidInput', `${type ?? ''} is not a type of resource`);
}

function mustExist(state: Route53State, type: ResourceType, id: string | undefined): void {
  if (type === 'hostedzone') findZone(state, id);
  else findHealthCheck(state, id);
}
