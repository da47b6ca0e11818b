import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { GroupName } from './target.ts';

/** A deployment group that has the tag `lastgood`, whatever its value. */
export interface TaggedGroup {
  readonly name: GroupName;
  readonly tags: Tags;
}

/**
 * All of them, from one place: to ask each group for its tags would cost a call a group.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function taggedGroups(client: ResourceGroupsTaggingAPIClient): Promise<readonly TaggedGroup[]> {
  const found: TaggedGroup[] = [];
  let page: { PaginationToken?: string } = {};
  do {
    const { ResourceTagMappingList = [], PaginationToken = '' } = await client.send(
      new GetResourcesCommand({
        ResourceTypeFilters: ['codedeploy:deploymentgroup'],
        TagFilters: [{ Key: 'lastgood' }],
        ...page,
      }),
    );
    for (const { ResourceARN = '', Tags = [] } of ResourceTagMappingList) {
      const [, application, group] = /:deploymentgroup:([^/]+)\/(.+)$/.exec(ResourceARN) ?? [];
      if (application === undefined || group === undefined) continue;
      const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      found.push({ name: { application, group }, tags });
    }
    page = PaginationToken === '' ? {} : { PaginationToken };
  } while (page.PaginationToken !== undefined);
  return found;
}
