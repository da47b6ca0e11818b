import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../rollback/plan.ts';

/** GetResources accepts a hundred, but an alarm rarely watches more than a few groups. */
const MAX_GROUPS = 20;

/**
 * Reads the tags of target groups and load balancers, in the order of the ARNs. A deleted one has none. Uses the
 * tagging service, whose client is a third of the size of Elastic Load Balancing's own, because triggers must start
 * fast.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function createBalancerTagReader(
  client: Pick<ResourceGroupsTaggingAPIClient, 'send'>,
): (arns: readonly string[]) => Promise<readonly Tags[]> {
  return async (arns) => {
    const ResourceARNList = arns.slice(0, MAX_GROUPS);
    const { ResourceTagMappingList = [] } = await client.send(new GetResourcesCommand({ ResourceARNList }));
    const byArn = new Map(ResourceTagMappingList.map(({ ResourceARN, Tags = [] }) => [ResourceARN, Tags]));
    return arns.map((arn) =>
      Object.fromEntries((byArn.get(arn) ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
  };
}
