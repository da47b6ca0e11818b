import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
  type Tag,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import type { Connect } from './client.ts';
import { kept } from './kept.ts';

/** The values of the tag `lastgood` that opt a resource in. */
export const MODES = ['auto', 'approve', 'observe'];

/** A resource with the tag `lastgood`. */
export interface OptedIn {
  readonly arn: string;
  readonly tags: Tags;
}

/** The Region with the tags of global services, such as Route 53, in the partition `aws`. */
const GLOBAL = 'us-east-1';

/** Clients of the Resource Groups Tagging API, which covers one Region each. */
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

/** Returns the opted-in resources of this Region, or of the global services. */
export type ReadOptedIn = (where: keyof Tagging) => Promise<readonly OptedIn[]>;

/** Makes a reader that asks AWS at most once per place. */
export function optedInOnce(tagging: Tagging): ReadOptedIn {
  const asked = new Map<keyof Tagging, Promise<readonly OptedIn[]>>();
  return (where) => {
    const answer = asked.get(where) ?? readOptedIn(tagging[where]);
    asked.set(where, answer);
    return answer;
  };
}

/** Makes a reader that keeps the lists in a warm function for up to five minutes. */
export function optedInKept(tagging: Tagging, now: () => Instant): ReadOptedIn {
  const here = kept(() => readOptedIn(tagging.here), now);
  const global = kept(() => readOptedIn(tagging.global), now);
  return (where) => (where === 'here' ? here() : global());
}

/**
 * Reads the opted-in resources of all services, with one call per hundred resources. The API does not support Auto
 * Scaling groups.
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
