import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../rollback/plan.ts';
import { inBatches } from './batches.ts';

/** Reads the tags of resources by their ARNs, in that order. One without tags, or a deleted one, has none. */
export type ReadTags = (arns: readonly string[]) => Promise<readonly Tags[]>;

/** The most ARNs in one call (API_GetResources). */
const MAX_PER_CALL = 100;

/**
 * Reads tags from the tagging service, which has a quota of its own: the services' own calls would take of the quota
 * that their writes and Lastgood's other reads need. A change may show late: Unknown: late-tags. The client is a third
 * of the size of Elastic Load Balancing's own. Permission needed: tag:GetResources.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function createTagsReader(client: Pick<ResourceGroupsTaggingAPIClient, 'send'>): ReadTags {
  return async (arns) => {
    const pages = await Promise.all(
      inBatches([...new Set(arns)], MAX_PER_CALL).map((some) =>
        client.send(new GetResourcesCommand({ ResourceARNList: [...some] })),
      ),
    );
    const all = pages.flatMap(({ ResourceTagMappingList = [] }) => ResourceTagMappingList);
    const byArn = new Map(all.map(({ ResourceARN, Tags = [] }) => [ResourceARN, Tags]));
    return arns.map((arn) =>
      Object.fromEntries((byArn.get(arn) ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
  };
}
