import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../rollback/plan.ts';

/** GetResources takes a hundred; an alarm on more than a few groups is metric maths of the rarest sort. */
const MAX_GROUPS = 20;

/**
 * Reads the tags of target groups and load balancers, in the order asked for; those that are gone have none. Asked of
 * the tagging service, whose client is a third of Elastic Load Balancing's own: triggers must start fast.
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
