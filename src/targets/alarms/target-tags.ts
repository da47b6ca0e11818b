import {
  paginateGetResources,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../../rollback/plan.ts';
import type { TagReaders } from './read-tags.ts';
import { TARGET_TAG } from '../tag.ts';

/** The resources with the tag `lastgood:target`, by ARN: alarms, target groups, load balancers. */
export type TargetTags = ReadonlyMap<string, Tags>;

/**
 * Reads the tags of all resources that name targets, by a hundred. "The GetResources … operations support all resource
 * types", alarms among them. Permission needed: tag:GetResources.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
 */
export async function readTargetTags(client: ResourceGroupsTaggingAPIClient): Promise<TargetTags> {
  const found = new Map<string, Tags>();
  const filter = { TagFilters: [{ Key: TARGET_TAG }], ResourcesPerPage: 100 };
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, filter))
    for (const { ResourceARN: arn = '', Tags = [] } of ResourceTagMappingList)
      found.set(arn, Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])));
  return found;
}

/** Makes readers of tags that ask AWS for no single alarm. A resource that is not in the list names no target. */
export function createTagReaders(
  read: () => Promise<TargetTags>,
  { lookUp, optedIn, aliasesOf }: Pick<TagReaders, 'lookUp' | 'optedIn' | 'aliasesOf'> = {},
): TagReaders {
  return {
    ...(lookUp !== undefined && { lookUp }),
    ...(optedIn !== undefined && { optedIn }),
    ...(aliasesOf !== undefined && { aliasesOf }),
    tagsOf: async (arn) => (await read()).get(arn) ?? {},
    balancerTags: async (arns) => {
      const tags = await read();
      return arns.map((arn) => tags.get(arn) ?? {});
    },
  };
}
