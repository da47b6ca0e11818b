import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { ServiceName } from './target.ts';

/** A page has 100 resources at most. */
const MOST_PAGES = 5;
const MODES = ['auto', 'approve', 'observe'];

/**
 * The services that are tagged for us, at most 500. ARNs in the short format name no cluster and are left out.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function taggedServices(
  client: Pick<ResourceGroupsTaggingAPIClient, 'send'>,
): Promise<readonly ServiceName[]> {
  const arns: string[] = [];
  let next = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const { ResourceTagMappingList = [], PaginationToken = '' } = await client.send(commandFor(next));
    arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
    next = PaginationToken;
    if (next === '') break;
  }
  return arns.flatMap(nameIn);
}

function commandFor(next: string): GetResourcesCommand {
  return new GetResourcesCommand({
    TagFilters: [{ Key: 'lastgood', Values: MODES }],
    ResourceTypeFilters: ['ecs:service'],
    ...(next !== '' && { PaginationToken: next }),
  });
}

function nameIn(arn: string): ServiceName[] {
  const [, cluster, service] = /:service\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  return cluster === undefined || service === undefined ? [] : [{ cluster, service }];
}
