import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { isForwarder } from './target.ts';

/** A page has 100 resources. */
const MOST_PAGES = 5;

const MODES = ['auto', 'approve', 'observe'];

/**
 * ARNs of the listeners and rules that are tagged for us. Elastic Load Balancing itself lists nothing by tag. The filter
 * names the service only, because the guide does not say how its types of resources are written there.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function createOptedIn(
  client: Pick<ResourceGroupsTaggingAPIClient, 'send'>,
): () => Promise<readonly string[]> {
  return async () => {
    const arns: string[] = [];
    let next: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { ResourceTagMappingList = [], PaginationToken } = await client.send(commandFor(next));
      arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
      next = PaginationToken;
      // The last page has an empty token.
      if (next === undefined || next === '') break;
    }
    return arns.filter(isForwarder);
  };
}

function commandFor(next: string | undefined): GetResourcesCommand {
  return new GetResourcesCommand({
    TagFilters: [{ Key: 'lastgood', Values: MODES }],
    ResourceTypeFilters: ['elasticloadbalancing'],
    ResourcesPerPage: 100,
    ...(next !== undefined && { PaginationToken: next }),
  });
}
