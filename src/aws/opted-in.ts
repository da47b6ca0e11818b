import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
  type Tag,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../rollback/plan.ts';
import type { Connect } from './client.ts';

/** The values of the tag `lastgood` that opt a resource in. */
export const MODES = ['auto', 'approve', 'observe'];

/** A resource that is tagged for us. */
export interface OptedIn {
  readonly arn: string;
  readonly tags: Tags;
}

/** Global services, such as Route 53, keep their tags in one Region, in the partition `aws` this one. */
const GLOBAL = 'us-east-1';

/** Clients of the Resource Groups Tagging API, which knows the resources of one Region. */
export interface Tagging {
  readonly here: ResourceGroupsTaggingAPIClient;
  readonly global: ResourceGroupsTaggingAPIClient;
}

/** Permission needed: tag:GetResources. */
export function createTagging(connect: Connect): Tagging {
  return {
    here: connect(ResourceGroupsTaggingAPIClient),
    global: connect(ResourceGroupsTaggingAPIClient, GLOBAL),
  };
}

/** What is tagged for us in this Region, or among the global services. */
export type ReadOptedIn = (where: keyof Tagging) => Promise<readonly OptedIn[]>;

/** A reader that asks AWS at most once for each place, however often it is asked itself. */
export function optedInOnce(tagging: Tagging): ReadOptedIn {
  const asked = new Map<keyof Tagging, Promise<readonly OptedIn[]>>();
  return (where) => {
    const answer = asked.get(where) ?? readOptedIn(tagging[where]);
    asked.set(where, answer);
    return answer;
  };
}

/**
 * Everything that is tagged for us, of whatever service: one call a hundred resources, where a list of each service would
 * be one a service. Of Auto Scaling groups the answer has none.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
 */
async function readOptedIn(client: ResourceGroupsTaggingAPIClient): Promise<readonly OptedIn[]> {
  const found: OptedIn[] = [];
  const filter = { TagFilters: [{ Key: 'lastgood', Values: MODES }], ResourcesPerPage: 100 };
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, filter))
    for (const { ResourceARN: arn, Tags = [] } of ResourceTagMappingList)
      if (arn !== undefined) found.push({ arn, tags: tagsIn(Tags) });
  return found;
}

function tagsIn(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
